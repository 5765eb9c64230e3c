package io.statehub.sidecar.journal;

import io.statehub.sidecar.failover.Chronicle;
import io.statehub.sidecar.failover.FailoverTracker;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.failover.WriteLedger;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.time.Moment;
import java.util.List;

/** Incidents as they are seen, for a journal to keep. */
public final class Incidents {

    public static final ObservedServer PRIMARY = Observed.primary("pg-1");
    public static final ObservedServer STANDBY = Observed.standby("pg-2");
    public static final ObservedServer OTHER = Observed.standby("pg-3");
    public static final ObservedServer PROMOTED = STANDBY.promoted();
    public static final ObservedServer FOLLOWER = OTHER.onTimeline(2);
    public static final Sighting GONE = Observed.failed("pg-1", FailureKind.REFUSED);
    public static final Sighting NO_BEAT = Observed.beatFailed(FailureKind.REFUSED);

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
                .look(Observed.standby("pg-1").restarted().onTimeline(2), PROMOTED, FOLLOWER);
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
