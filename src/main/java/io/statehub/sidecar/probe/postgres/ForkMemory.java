package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.probe.Deadline;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a primary's timeline began: it can't change, so it is asked once for each timeline and start of a server. */
final class ForkMemory {

    private static final ForkQuestion.Allowed ALLOWED = new ForkQuestion.Allowed();

    private record Known(Instant postmasterStart, Timeline timeline, Optional<Lsn> fork) {}

    private @Nullable Known known;

    /** The fork of this primary's timeline; empty on the first timeline, and without the right to read it. */
    Optional<Lsn> of(ServerIdentity primary, HeldConnection connection, Deadline deadline) throws SQLException {
        Optional<Timeline> timeline = primary.timeline().filter(it -> it.number() > 1);
        if (timeline.isEmpty()) {
            return Optional.empty();
        }
        Known before = known;
        if (before != null
                && before.postmasterStart().equals(primary.postmasterStart())
                && before.timeline().equals(timeline.get())) {
            return before.fork();
        }
        Optional<Lsn> fork = connection.askIfAllowed(ALLOWED, deadline).orElse(false)
                ? connection
                        .askIfAllowed(new ForkQuestion(timeline.get()), deadline)
                        .flatMap(it -> it)
                : Optional.empty();
        known = new Known(primary.postmasterStart(), timeline.get(), fork);
        return fork;
    }
}
