package io.statehub.sidecar.journal;

import static io.statehub.sidecar.testing.Members.FOLLOWER;
import static io.statehub.sidecar.testing.Members.GONE;
import static io.statehub.sidecar.testing.Members.NO_BEAT;
import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PROMOTED;
import static io.statehub.sidecar.testing.Members.REJOINED;
import static io.statehub.sidecar.testing.Members.STANDBY;

import io.statehub.sidecar.failover.Chronicle;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.failover.WriteLedger;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.time.Moment;
import java.util.List;

/** Incidents as they are seen, for a journal to keep. */
public final class Incidents {

    private Incidents() {}

    /** The primary is lost. */
    public static Chronicle inTrouble() {
        return Chronicle.steady().rounds(3, NO_BEAT, GONE, STANDBY, OTHER);
    }

    /** A standby took over, one beat is missing there, and redundancy is back. */
    public static Chronicle overWithLoss() {
        return inTrouble()
                .look(GONE, PROMOTED, OTHER)
                .beat(Observed.ackedAfter(PROMOTED, 9, Observed.beatsTo(2)))
                .look(GONE, PROMOTED, FOLLOWER)
                .look(REJOINED, PROMOTED, FOLLOWER);
    }

    /** A step in which nothing was noticed. */
    static FailoverTracker.Step quiet(Chronicle chronicle) {
        return FailoverTracker.Step.first(chronicle.tracking());
    }

    /** A step in which all was noticed that ever was. */
    static FailoverTracker.Step all(Chronicle chronicle) {
        return new FailoverTracker.Step(chronicle.tracking(), chronicle.events(), chronicle.ended());
    }

    public static Tracking begin(Moment now) {
        return Tracking.begin(now, WriteLedger.empty(1000));
    }

    static List<String> ids(Tracking tracking) {
        return tracking.history().stream().map(incident -> incident.id()).toList();
    }
}
