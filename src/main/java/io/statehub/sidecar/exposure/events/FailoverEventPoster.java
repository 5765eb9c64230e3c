package io.statehub.sidecar.exposure.events;

import io.statehub.sidecar.assessment.KubernetesView;
import io.statehub.sidecar.exposure.log.IncidentSummary;
import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Leader;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Outcome;
import io.statehub.sidecar.kubernetes.EventPoster;
import io.statehub.sidecar.observation.kubernetes.OperatorCluster;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.ListenerOrder;
import io.statehub.sidecar.snapshot.SnapshotListener;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Posts that a failover began, ended, lost writes, or left two primaries: from the one sidecar that acts for all. */
@Singleton
@Priority(ListenerOrder.EVENTS)
public class FailoverEventPoster implements SnapshotListener {

    /** What is told while it is ongoing. */
    private static final Map<Kind, String> REASONS = Map.of(
            Kind.PRIMARY_LOST, "FailoverStarted",
            Kind.SPLIT_BRAIN, "SplitBrain",
            Kind.LOSS_FOUND, "AcknowledgedWritesLost");

    /** What needs no event: it passed, or an administrator did it. */
    private static final Set<Outcome> QUIET = EnumSet.of(Outcome.BLIP, Outcome.RESTART);

    private final EventPoster events;

    FailoverEventPoster(EventPoster events) {
        this.events = events;
    }

    @Override
    public void published(AgentSnapshot previous, AgentSnapshot current) {
        if (current.round().leadership().acts()) {
            of(current).forEach(events::post);
        }
    }

    /** What there is to tell of one step. */
    static List<EventPoster.EventDraft> of(AgentSnapshot snapshot) {
        Optional<String> uid = snapshot.assessment()
                .kubernetes()
                .flatMap(KubernetesView::cluster)
                .map(OperatorCluster::uid)
                .filter(id -> !id.isEmpty());
        String leader = snapshot.tracking()
                .state()
                .leader()
                .map(FailoverEventPoster::key)
                .orElse("unknown");
        List<EventPoster.EventDraft> notes = new ArrayList<>();
        for (FailoverEvent event : snapshot.failover().events()) {
            String reason = REASONS.get(event.kind());
            if (reason != null) {
                notes.add(new EventPoster.EventDraft(
                        reason, leader, true, event.at().evidence(), uid));
            }
        }
        for (Incident incident : snapshot.failover().ended()) {
            incident.ending()
                    .filter(ending -> !QUIET.contains(ending.outcome()))
                    .map(ending -> new EventPoster.EventDraft(
                            "FailoverFinished",
                            key(incident.oldPrimary()),
                            missed(ending),
                            IncidentSummary.of(incident, ending),
                            uid))
                    .ifPresent(notes::add);
        }
        return notes;
    }

    private static boolean missed(Incident.Ending ending) {
        return ending.outcome() == Outcome.FAILED
                || ending.rto() == Objectives.Compliance.MISSED
                || ending.rpo() == Objectives.Compliance.MISSED;
    }

    /** The same for every sidecar that saw the same. */
    private static String key(Leader leader) {
        return leader.member()
                + leader.identity()
                        .timeline()
                        .map(timeline -> "-t" + timeline.number())
                        .orElse("");
    }
}
