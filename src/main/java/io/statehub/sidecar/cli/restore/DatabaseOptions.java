package io.statehub.sidecar.cli.restore;

import static java.util.Objects.requireNonNull;

import io.statehub.sidecar.config.PostgresSettings;
import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.probe.postgres.LongLogins;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which database, and as whom. */
final class DatabaseOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "The database, as jdbc:postgresql://host:port/database; that of statehub.postgres.url if not given,"
                            + " where the command allows that.")
    private @Nullable String url;

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    Optional<PostgresUrl> url() {
        if (url == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(PostgresUrl.of(url));
        } catch (IllegalArgumentException e) {
            throw wrong("--url: '" + url
                    + "' is not allowed: it must be jdbc:postgresql://host:port/database with no parameters");
        }
    }

    LongLogins logins(PostgresSettings settings, PostgresUrl to, Duration silence) {
        login.wrong().ifPresent(what -> {
            throw wrong(what);
        });
        return login.to(to, settings, silence);
    }

    CommandLine.ParameterException wrong(String what) {
        return new CommandLine.ParameterException(requireNonNull(spec).commandLine(), what);
    }
}
