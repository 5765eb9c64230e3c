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

/** Where to restore: an empty database, and as whom, or a namespace. */
final class IntoOptions {

    private static final String NAMESPACE = "state-hub-restore";

    @Option(
            names = "--into",
            paramLabel = "URL|NAMESPACE",
            description =
                    "With --from: an empty database, jdbc:postgresql://host:port/database, which a dump is restored"
                            + " into and left in; a temporary server if not given. With --cnpg: the isolated namespace,"
                            + " which must exist; state-hub-restore if not given.")
    private @Nullable String into;

    @Mixin
    private LoginOptions login = new LoginOptions();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** The namespace that is meant with {@code --cnpg}. */
    String namespace() {
        if (login.given()) {
            throw wrong("--username, --password-file: are not for --cnpg, where the operator makes the role");
        }
        String namespace = into == null ? NAMESPACE : into;
        if (!namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
            throw wrong("--into: '" + namespace
                    + "' is not allowed: with --cnpg it must be the name of a namespace: up to 63 lower case letters,"
                    + " digits and hyphens");
        }
        return namespace;
    }

    /** The database that is given with {@code --from}, if one is. */
    Optional<PostgresUrl> url() {
        if (into == null) {
            if (login.given()) {
                throw wrong("--username, --password-file: need --into, the database to log in to");
            }
            return Optional.empty();
        }
        login.wrong().ifPresent(what -> {
            throw wrong(what);
        });
        try {
            PostgresUrl url = PostgresUrl.of(into);
            if (url.addresses().size() == 1) {
                return Optional.of(url);
            }
        } catch (IllegalArgumentException e) {
            // Said below, with what is allowed.
        }
        throw wrong("--into: '" + into
                + "' is not allowed: it must be jdbc:postgresql://host:port/database with one host and no parameters");
    }

    LongLogins logins(PostgresSettings settings, PostgresUrl to, Duration silence) {
        return login.to(to, settings, silence);
    }

    private CommandLine.ParameterException wrong(String what) {
        return new CommandLine.ParameterException(requireNonNull(spec).commandLine(), what);
    }
}
