package io.statehub.sidecar.observation.kubernetes;

import java.util.List;
import java.util.Optional;

/** The conditions of one object. */
public record Conditions(List<Condition> all) {

    public Conditions {
        all = List.copyOf(all);
    }

    /** The condition of this type; empty if the object doesn't have it. */
    public Optional<Condition> get(String type) {
        return all.stream().filter(condition -> condition.type().equals(type)).findFirst();
    }

    /** Whether a condition holds; one that the object doesn't have is unknown. */
    public ConditionStatus status(String type) {
        return get(type).map(Condition::status).orElse(ConditionStatus.UNKNOWN);
    }
}
