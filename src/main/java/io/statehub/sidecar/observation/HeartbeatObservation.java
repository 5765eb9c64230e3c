package io.statehub.sidecar.observation;

import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/** What became of one write through the write endpoint. */
public sealed interface HeartbeatObservation extends Observation {

    @Override
    default TargetId target() {
        return TargetId.Part.HEARTBEAT;
    }

    /** What can become of a write. */
    enum Result {
        ACKED,
        FAILED,
        AMBIGUOUS
    }

    /** Which of them it is: a kind that is added must be given one before anything compiles. */
    Result result();

    /** When the attempt began. */
    default Moment begun() {
        return at().minus(took());
    }

    /**
     * The commit returned, and with no warning.
     *
     * @param server where it was committed
     * @param position where that server's log stood after the commit, so at or beyond the beat; empty if it was not
     *     told
     * @param heldBefore the beats that the server held before this one; present only on the first beat of a connection,
     *     because only a new connection can lead to another server
     * @param farewell what the server that was written to before said, perhaps this one in an earlier run
     */
    record Acked(
            Moment at,
            Duration took,
            Beat beat,
            ServerIdentity server,
            Optional<Lsn> position,
            Optional<HeldBeats> heldBefore,
            Optional<Farewell> farewell)
            implements HeartbeatObservation {

        /** A commit before which nobody took leave. */
        public Acked(
                Moment at,
                Duration took,
                Beat beat,
                ServerIdentity server,
                Optional<Lsn> position,
                Optional<HeldBeats> heldBefore) {
            this(at, took, beat, server, position, heldBefore, Optional.empty());
        }

        @Override
        public Result result() {
            return Result.ACKED;
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.empty();
        }

        @Override
        public Acked blaming(Failure other) {
            return this;
        }
    }

    /** Certainly not committed: it was not sent, or the server said so. */
    record Failed(Moment at, Duration took, Failure fault) implements HeartbeatObservation {
        @Override
        public Result result() {
            return Result.FAILED;
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(fault);
        }

        @Override
        public Failed blaming(Failure other) {
            return new Failed(at, took, other);
        }
    }

    /** Sent, and whether it was committed, or committed as safely as it should be, is not known. */
    record Ambiguous(Moment at, Duration took, Beat beat, Failure fault) implements HeartbeatObservation {
        @Override
        public Result result() {
            return Result.AMBIGUOUS;
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(fault);
        }

        @Override
        public Ambiguous blaming(Failure other) {
            return new Ambiguous(at, took, beat, other);
        }
    }
}
