package io.statehub.sidecar.observation;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/** What stood behind the address that the API writes to. */
public sealed interface WriteEndpointObservation extends Observation {

    @Override
    default TargetId target() {
        return TargetId.Part.WRITE_ENDPOINT;
    }

    /**
     * A server answered.
     *
     * @param identity the server that the endpoint leads to
     * @param role its role; a standby can't be written to
     * @param readOnly whether new transactions there are read-only, be it for recovery or by a setting that holds for
     *     others than our own role too
     * @param newSessions why no new session could be had beside the one that answered; empty if one was had, or none
     *     was due to be made
     * @param farewell what the server that the endpoint led to before said, perhaps this one in an earlier run
     */
    record Answered(
            Moment at,
            Duration took,
            ServerIdentity identity,
            MemberRole role,
            boolean readOnly,
            Optional<Failure> newSessions,
            Optional<Farewell> farewell)
            implements WriteEndpointObservation {

        /** An answer with nothing against new sessions, before which nobody took leave. */
        public Answered(Moment at, Duration took, ServerIdentity identity, MemberRole role, boolean readOnly) {
            this(at, took, identity, role, readOnly, Optional.empty(), Optional.empty());
        }

        /** The same, with what is known of new sessions. */
        public Answered without(Optional<Failure> sessions) {
            return new Answered(at, took, identity, role, readOnly, sessions, farewell);
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.empty();
        }

        @Override
        public Answered blaming(Failure other) {
            return this;
        }

        /** Without the new session that may have come too late for us alone. */
        @Override
        public Answered excused(Failure own) {
            return newSessions
                            .filter(fault -> fault.kind().restsOnPunctuality())
                            .isPresent()
                    ? without(Optional.empty())
                    : this;
        }

        /** Whether a write sent there now would be accepted. */
        public boolean writable() {
            return role == MemberRole.PRIMARY && !readOnly;
        }
    }

    /** Nothing usable answered. */
    record Failed(Moment at, Duration took, Failure fault) implements WriteEndpointObservation {
        @Override
        public Optional<Failure> failure() {
            return Optional.of(fault);
        }

        @Override
        public Failed blaming(Failure other) {
            return new Failed(at, took, other);
        }
    }
}
