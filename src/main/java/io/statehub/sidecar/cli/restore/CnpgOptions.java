package io.statehub.sidecar.cli.restore;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What of the operator's cluster is restored by {@code drill restore run --cnpg}, and where. */
final class CnpgOptions {

    private static final int MOST_MINUTES = 1440;
    private static final String OF_MANIFEST = "manifest";

    @Option(
            names = "--cnpg",
            description = "Restore the operator's cluster, statehub.kubernetes.cluster, from its object store into an"
                    + " isolated namespace. Needs the rights of components/restore-drill; runs where that namespace's"
                    + " services can be reached, such as in a Job.")
    private boolean cnpg;

    @Option(
            names = "--target-time",
            paramLabel = "TIME",
            description = "With --cnpg: when to recover to, such as 2026-03-01T10:00:00Z, or manifest for"
                    + " the moment of the manifest; all that was archived if not given.")
    private @Nullable String targetTime;

    @Option(
            names = "--with-api",
            paramLabel = "DEPLOYMENT",
            description =
                    "With --cnpg: start a copy of this Deployment of the API on the restored database, and ask its"
                            + " two paths.")
    private @Nullable String api;

    @Option(
            names = "--ready-timeout",
            paramLabel = "MINUTES",
            defaultValue = "60",
            description = "With --cnpg: time for the cluster to be healthy, and again for the API, from 1 to 1440;"
                    + " ${DEFAULT-VALUE} if not given.")
    private int minutes;

    @Option(
            names = "--keep",
            description = "With --cnpg: leave the created objects in place for inspection; they are listed.")
    private boolean keep;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** What was typed. */
    record Wanted(
            Path manifest,
            String into,
            Function<Instant, Optional<Instant>> targetTime,
            Optional<String> api,
            Duration ready,
            boolean keep) {}

    boolean wanted() {
        return cnpg;
    }

    Wanted wanted(Path manifest, IntoOptions into, ComparisonOptions comparison) {
        if (minutes < 1 || minutes > MOST_MINUTES) {
            throw wrong("--ready-timeout: " + minutes + " is not allowed: it must be from 1 to " + MOST_MINUTES);
        }
        if (comparison.api().isPresent()) {
            throw wrong("--api: is not for --cnpg: --with-api names the Deployment whose copy is asked");
        }
        return new Wanted(
                manifest, into.namespace(), targetTime(), Optional.ofNullable(api), Duration.ofMinutes(minutes), keep);
    }

    /** From when the manifest was taken to when to recover to. */
    private Function<Instant, Optional<Instant>> targetTime() {
        if (targetTime == null) {
            return taken -> Optional.empty();
        }
        if (targetTime.equals(OF_MANIFEST)) {
            return Optional::of;
        }
        Instant time = time(targetTime);
        return taken -> Optional.of(time);
    }

    private Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong("--target-time: '" + text
                    + "' is not allowed: it must be manifest, or a time such as 2026-03-01T10:00:00Z");
        }
    }

    ParameterException wrong(String what) {
        return new ParameterException(requireNonNull(spec).commandLine(), what);
    }
}
