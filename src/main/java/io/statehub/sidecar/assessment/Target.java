package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * One target with what is believed of it.
 *
 * @param last the observation that was counted last
 * @param fresh whether that observation is young enough to say anything
 */
public record Target(TargetId id, TargetHealth health, Optional<Observation> last, boolean fresh) {

    static Target unobserved(TargetId id, Moment since) {
        return new Target(id, TargetHealth.unknown(since), Optional.empty(), false);
    }

    /**
     * Takes in the latest observation. One that was counted already only ages, as does what was known before one that
     * this process was too late for.
     *
     * @param ownDelay how late this process is; it is then to blame for what has become too old
     */
    Target next(
            Optional<Observation> latest,
            Moment now,
            Hysteresis rule,
            Duration staleAfter,
            Optional<Failure> ownDelay) {
        if (latest.isEmpty()) {
            return this;
        }
        Optional<Failure> missed =
                latest.flatMap(Observation::failure).filter(fault -> fault.kind() == FailureKind.OWN_DELAY);
        Optional<Observation> telling = missed.isPresent() ? last : latest;
        TargetHealth counted = telling.isEmpty() || telling.equals(last) ? health : count(telling.get(), rule);
        boolean stillFresh = telling.filter(it -> now.since(it.at()).compareTo(staleAfter) <= 0)
                .isPresent();
        return new Target(
                id, stillFresh ? counted : counted.expired(now, missed.or(() -> ownDelay)), telling, stillFresh);
    }

    private TargetHealth count(Observation observation, Hysteresis rule) {
        Optional<Failure> failure = observation.failure();
        return failure.isPresent()
                ? health.failed(observation.at(), failure.get(), rule)
                : health.succeeded(observation.at(), rule);
    }

    /** The last observation if it is of this kind and still says something. */
    <T extends Observation> Optional<T> fresh(Class<T> kind) {
        return fresh ? last.filter(kind::isInstance).map(kind::cast) : Optional.empty();
    }

    /** The name in metrics, messages and JSON. */
    public String name() {
        return id.label();
    }

    public Status status() {
        return health.status();
    }
}
