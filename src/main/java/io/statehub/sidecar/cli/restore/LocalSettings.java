package io.statehub.sidecar.cli.restore;

import io.statehub.sidecar.config.AuthMethod;
import io.statehub.sidecar.config.Discovery;
import io.statehub.sidecar.config.MemberAddress;
import io.statehub.sidecar.config.PostgresSettings;
import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.config.SslMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings for a server of ours on the loopback address, which has no certificate. */
record LocalSettings(PostgresSettings live) implements PostgresSettings {

    @Override
    public SslMode sslmode() {
        return SslMode.DISABLE;
    }

    @Override
    public Optional<Path> sslrootcert() {
        return Optional.empty();
    }

    @Override
    public Optional<List<AuthMethod>> requireAuth() {
        return Optional.empty();
    }

    @Override
    public PostgresUrl url() {
        return live.url();
    }

    @Override
    public Optional<PostgresUrl> readUrl() {
        return live.readUrl();
    }

    @Override
    public Discovery discovery() {
        return live.discovery();
    }

    @Override
    public Optional<List<MemberAddress>> members() {
        return live.members();
    }

    @Override
    public String username() {
        return live.username();
    }

    @Override
    public Optional<String> password() {
        return live.password();
    }

    @Override
    public Optional<Path> passwordFile() {
        return live.passwordFile();
    }

    @Override
    public Optional<String> database() {
        return live.database();
    }
}
