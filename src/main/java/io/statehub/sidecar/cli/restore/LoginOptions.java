package io.statehub.sidecar.cli.restore;

import io.statehub.sidecar.config.PostgresSettings;
import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.probe.postgres.LongLogins;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** As whom a database that is named is logged in to. */
final class LoginOptions {

    @Option(
            names = "--username",
            paramLabel = "ROLE",
            description = "The role to log in as; that of the settings, with its password, if not given.")
    private @Nullable String username;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File with the password of --username; without it no password is sent.")
    private @Nullable Path passwordFile;

    /** Whether anything of it was typed. */
    boolean given() {
        return username != null || passwordFile != null;
    }

    /** What is wrong with it; empty if nothing is. */
    Optional<String> wrong() {
        return username == null && passwordFile != null
                ? Optional.of("--password-file: needs --username, whose password it holds")
                : Optional.empty();
    }

    LongLogins to(PostgresUrl url, PostgresSettings settings, Duration silence) {
        return username == null
                ? LongLogins.asConfigured(settings, url, silence)
                : LongLogins.as(username, Optional.ofNullable(passwordFile), settings, url, silence);
    }
}
