package io.statehub.sidecar.cli.restore;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a restored database is compared, and how that is told. */
final class ComparisonOptions {

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            description =
                    "Of when the restored database is, such as 2026-03-01T10:00:00Z, if that is not the moment of the"
                            + " manifest: if later, tables may have more rows; if earlier, fewer.")
    private @Nullable String asOf;

    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "An API on the restored database, whose two pages are asked then.")
    private @Nullable String api;

    @Option(names = "--json", description = "Print JSON instead of lines.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    boolean json() {
        return json;
    }

    Optional<Instant> asOf() {
        if (asOf == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(asOf));
        } catch (DateTimeException e) {
            throw wrong("--as-of: '" + asOf + "' is not allowed: it must be a time such as 2026-03-01T10:00:00Z");
        }
    }

    Optional<URI> api() {
        if (api == null) {
            return Optional.empty();
        }
        if (!api.matches("https?://[^/?#@\\s]+(/[^?#\\s]*)?")) {
            throw wrong("--api: '" + api
                    + "' is not allowed: it must be http://host:port or https://host:port, with a path or"
                    + " without");
        }
        return Optional.of(URI.create(api));
    }

    ParameterException wrong(String what) {
        return new ParameterException(requireNonNull(spec).commandLine(), what);
    }
}
