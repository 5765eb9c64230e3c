package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a writer's name is ours. A process takes its name over when it starts, since whoever had it before is most
 * often its own predecessor; from then on it gives way to any other process that does the same, until that one has been
 * silent for long. Of two that run under one name, the younger one writes.
 */
final class WriterClaim {

    private record Rival(Beat newest, Moment since) {}

    private final String run;
    private final Duration quiet;
    private boolean owned;
    private @Nullable Beat replaced;
    private @Nullable Rival rival;

    /** @param quiet how long another run's row must not have moved before that run counts as gone */
    WriterClaim(String run, Duration quiet) {
        this.run = run;
        this.quiet = quiet;
    }

    /** Whether the row must be read before anything may be written. */
    boolean mustLook() {
        return !owned || rival != null;
    }

    /** Takes in the row that stands under our name; whether we may write now. */
    boolean look(Optional<Beat> row, Moment now) {
        boolean free = row.isEmpty() || row.get().run().equals(run);
        if (!free && !owned) {
            replaced = row.get();
        }
        // A failover that loses our first beats brings back the very row that we had replaced.
        if (free || row.get().equals(replaced)) {
            rival = null;
            return true;
        }
        if (rival == null || !rival.newest().equals(row.get())) {
            rival = new Rival(row.get(), now);
        }
        if (now.since(rival.since()).compareTo(quiet) < 0) {
            return false;
        }
        replaced = row.get();
        rival = null;
        return true;
    }

    /** A row of another run that we may replace, exactly as it is. */
    Optional<Beat> replaceable() {
        return Optional.ofNullable(replaced);
    }

    /** A beat of ours stands under the name. */
    void confirm() {
        owned = true;
        rival = null;
    }
}
