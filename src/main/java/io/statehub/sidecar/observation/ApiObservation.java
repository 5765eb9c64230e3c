package io.statehub.sidecar.observation;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/** What the API said to one request. */
public sealed interface ApiObservation extends Observation {

    ApiCheck check();

    @Override
    default TargetId target() {
        return check().target();
    }

    /** An answer with an expected status and a sound body. */
    record Answered(ApiCheck check, Moment at, Duration took, int status) implements ApiObservation {
        @Override
        public Optional<Failure> failure() {
            return Optional.empty();
        }

        @Override
        public Answered blaming(Failure other) {
            return this;
        }
    }

    /** No answer, or one that can't be accepted. */
    record Failed(ApiCheck check, Moment at, Duration took, Failure fault) implements ApiObservation {
        @Override
        public Optional<Failure> failure() {
            return Optional.of(fault);
        }

        @Override
        public Failed blaming(Failure other) {
            return new Failed(check, at, took, other);
        }
    }
}
