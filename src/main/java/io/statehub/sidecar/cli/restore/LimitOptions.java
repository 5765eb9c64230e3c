package io.statehub.sidecar.cli.restore;

import static java.util.Objects.requireNonNull;

import io.statehub.sidecar.drill.restore.server.ReadingLimits;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What reading a database may take of its server. */
final class LimitOptions {

    private static final int MOST_JOBS = 32;
    private static final int MOST_SECONDS = 86_400;
    private static final int RETRIES = 5;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            defaultValue = "2",
            description = "Sessions that read at once, from 1 to 32; ${DEFAULT-VALUE} if not given.")
    private int jobs;

    @Option(
            names = "--max-rate",
            paramLabel = "SIZE",
            description = "Most bytes of tables read in a second, such as 20M (powers of 1024); no limit if not given.")
    private @Nullable String maxRate;

    @Option(
            names = "--statement-timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description =
                    "Time for each statement, which reads 64 MiB of a table at most, from 1 to 86400; ${DEFAULT-VALUE}"
                            + " if not given.")
    private int statementSeconds;

    @Option(
            names = "--lock-timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "Time to wait for a table that somebody holds exclusively, from 1 to 86400; ${DEFAULT-VALUE} if not"
                            + " given.")
    private int lockSeconds;

    @Option(
            names = "--progress",
            defaultValue = "auto",
            description = "One of ${COMPLETION-CANDIDATES}: a line that is rewritten, a line each ten seconds, or"
                    + " nothing; auto"
                    + " is live on a terminal and plain elsewhere.")
    private ProgressLines.Style progress = ProgressLines.Style.auto;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    ProgressLines.Style progress() {
        return progress;
    }

    ReadingLimits limits(int records) {
        within("--jobs", jobs, MOST_JOBS);
        within("--statement-timeout", statementSeconds, MOST_SECONDS);
        within("--lock-timeout", lockSeconds, MOST_SECONDS);
        return new ReadingLimits(
                jobs,
                rate(),
                Duration.ofSeconds(statementSeconds),
                Duration.ofSeconds(Math.min(lockSeconds, statementSeconds)),
                RETRIES,
                records);
    }

    /** How long a server may take over one answer: longer than it works on a statement. */
    Duration silence() {
        return Duration.ofSeconds(statementSeconds + 30L);
    }

    private void within(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw wrong(option + ": " + value + " is not allowed: it must be from 1 to " + most);
        }
    }

    private OptionalLong rate() {
        if (maxRate == null) {
            return OptionalLong.empty();
        }
        OptionalLong size = Sizes.parse(maxRate);
        if (size.isEmpty()) {
            throw wrong(Sizes.notAllowed("--max-rate", maxRate));
        }
        return size;
    }

    private CommandLine.ParameterException wrong(String what) {
        return new CommandLine.ParameterException(requireNonNull(spec).commandLine(), what);
    }
}
