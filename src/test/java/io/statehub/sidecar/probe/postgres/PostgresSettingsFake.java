package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.MemberAddress;
import io.statehub.sidecar.config.PostgresSettings;
import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.config.SslMode;
import io.statehub.sidecar.testing.lab.PostgresLab;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The cluster of a lab. */
record PostgresSettingsFake(PostgresUrl url, List<MemberAddress> members, String username, Optional<String> password)
        implements PostgresSettings {

    static PostgresSettingsFake of(PostgresLab lab, String username, String password) {
        return new PostgresSettingsFake(
                PostgresUrl.parse(lab.writeUrl()),
                Arrays.stream(lab.membersSetting().split(","))
                        .map(MemberAddress::parse)
                        .toList(),
                username,
                Optional.of(password));
    }

    @Override
    public Optional<Path> passwordFile() {
        return Optional.empty();
    }

    @Override
    public SslMode sslmode() {
        return SslMode.DISABLE;
    }

    @Override
    public Optional<Path> sslrootcert() {
        return Optional.empty();
    }

    @Override
    public Optional<String> database() {
        return Optional.empty();
    }
}
