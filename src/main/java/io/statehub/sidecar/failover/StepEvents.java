package io.statehub.sidecar.failover;

import io.statehub.sidecar.time.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what one step noticed. */
final class StepEvents {

    private final List<FailoverEvent> events = new ArrayList<>();
    private final List<Incident> ended = new ArrayList<>();

    /** Notes it outside of any incident. */
    void add(FailoverEvent.Kind kind, Moment at, String evidence) {
        events.add(new FailoverEvent(kind, Occurrence.exactly(at, evidence), Optional.empty()));
    }

    /** Notes it, and gives the incident that knows of it; what it knows already is no news. */
    Incident add(Incident incident, FailoverEvent.Kind kind, Occurrence at) {
        if (incident.has(kind)) {
            return incident;
        }
        events.add(new FailoverEvent(kind, at, Optional.of(incident.id())));
        return incident.with(kind, at);
    }

    Incident promoted(Incident incident, Promotion promotion) {
        events.add(new FailoverEvent(FailoverEvent.Kind.PROMOTED, promotion.at(), Optional.of(incident.id())));
        return incident.promoted(promotion);
    }

    /** Notes it although it is no milestone, because it can happen again. */
    void again(Incident incident, FailoverEvent.Kind kind, Occurrence at) {
        events.add(new FailoverEvent(kind, at, Optional.of(incident.id())));
    }

    void ended(Incident incident, Occurrence at) {
        events.add(new FailoverEvent(FailoverEvent.Kind.ENDED, at, Optional.of(incident.id())));
        ended.add(incident);
    }

    List<FailoverEvent> events() {
        return List.copyOf(events);
    }

    List<Incident> ended() {
        return List.copyOf(ended);
    }
}
