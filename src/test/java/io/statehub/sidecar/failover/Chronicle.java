package io.statehub.sidecar.failover;

import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.STANDBY;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.DatabasePolicy;
import io.statehub.sidecar.assessment.Story;
import io.statehub.sidecar.testing.Members;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.Policies;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.testing.Telling;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Story}, and what the tracker makes of it: for tests of incidents and of whatever keeps or tells them. Three
 * failures make a member down.
 */
public final class Chronicle implements Telling<Chronicle> {

    private static final Duration STALE_AFTER = Duration.ofSeconds(5);
    static final Duration RTO = Duration.ofSeconds(20);

    private final Story story;
    private final FailoverTracker tracker;
    private final List<FailoverEvent> events = new ArrayList<>();
    private final List<Incident> ended = new ArrayList<>();
    private Tracking tracking;

    public Chronicle(Objectives objectives, List<String> members, WriteLedger ledger) {
        story = new Story(
                Policies.staleAfter(STALE_AFTER)
                        .maxStaleness(Duration.ofSeconds(30))
                        .maxSilence(Duration.ofSeconds(35))
                        .readiness(DatabasePolicy.DEGRADE, Duration.ofSeconds(30))
                        .policy(),
                members);
        tracker = new FailoverTracker(objectives);
        tracking = Tracking.begin(story.now(), ledger);
    }

    public static Chronicle ofThree() {
        return new Chronicle(new Objectives(RTO, Duration.ZERO), Members.NAMES, WriteLedger.empty(1000));
    }

    /** Three members in sound health with beats 1 to 3 acknowledged, the last half a second ago. */
    public static Chronicle steady() {
        Chronicle chronicle = ofThree();
        for (long beat = 1; beat <= 3; beat++) {
            chronicle.look(PRIMARY, STANDBY, OTHER).beat(Observed.acked(PRIMARY, beat));
        }
        chronicle.events.clear();
        return chronicle;
    }

    @Override
    public Chronicle after(Duration passed, Sighting... seen) {
        Assessment assessment = story.after(passed, seen);
        FailoverTracker.Step step = tracker.step(tracking, story.brought(), story.round(), assessment);
        tracking = step.tracking();
        events.addAll(step.events());
        ended.addAll(step.ended());
        return this;
    }

    /** Time passes, and this process doesn't run. */
    public Chronicle stoppedFor(Duration time) {
        story.clock().advance(time);
        return this;
    }

    public Chronicle wallClockJumps(Duration by) {
        story.clock().wallClockJumps(by);
        return this;
    }

    /** As a process that was killed now, and started again with this. */
    public Chronicle restartedWith(Tracking remembered) {
        story.forget();
        tracking = remembered;
        return this;
    }

    public FailoverState state() {
        return tracking.state();
    }

    public String label() {
        return state().label();
    }

    public Tracking tracking() {
        return tracking;
    }

    public Moment now() {
        return story.now();
    }

    public Assessment assessment() {
        return story.current();
    }

    public List<FailoverEvent.Kind> kinds() {
        return events.stream().map(FailoverEvent::kind).toList();
    }

    public List<FailoverEvent> events() {
        return events;
    }

    public List<Incident> ended() {
        return ended;
    }

    /** The only incident that ended. */
    public Incident incident() {
        if (ended.size() != 1) {
            throw new AssertionError(ended.size() + " incidents ended: " + ended);
        }
        return ended.get(0);
    }
}
