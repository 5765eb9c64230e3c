package io.statehub.sidecar.observation;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/** What one PostgreSQL server of the cluster said of itself. */
public sealed interface MemberObservation extends Observation {

    /** The member's name in the settings. */
    String member();

    @Override
    default TargetId target() {
        return new TargetId.Member(member());
    }

    /**
     * The server answered every question.
     *
     * @param farewell what whoever answered before it said, perhaps the same server in an earlier run
     */
    record Answered(String member, Moment at, Duration took, MemberState state, Optional<Farewell> farewell)
            implements MemberObservation {

        /** An answer before which nobody took leave. */
        public Answered(String member, Moment at, Duration took, MemberState state) {
            this(member, at, took, state, Optional.empty());
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.empty();
        }

        @Override
        public Answered blaming(Failure other) {
            return this;
        }
    }

    /** The server didn't answer, or not usably. */
    record Failed(String member, Moment at, Duration took, Failure fault) implements MemberObservation {
        @Override
        public Optional<Failure> failure() {
            return Optional.of(fault);
        }

        @Override
        public Failed blaming(Failure other) {
            return new Failed(member, at, took, other);
        }
    }
}
