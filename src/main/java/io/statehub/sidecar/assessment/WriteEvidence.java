package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * What heartbeats show of the write path after a number of them: a server that answers a question need not take a
 * write.
 *
 * @param standing what they come to
 * @param acks acknowledged in a row
 * @param failures in a row that were not, for a reason that is not ours
 * @param unclear in a row that failed for a reason that may be ours alone
 * @param hanging whether a write since the last acknowledged one has had no answer, so that its locks may still be held
 * @param last the heartbeat that was counted last
 * @param failure why the last one that counts was not acknowledged
 * @param acked the last one that was acknowledged
 */
public record WriteEvidence(
        Standing standing,
        int acks,
        int failures,
        int unclear,
        boolean hanging,
        Optional<HeartbeatObservation> last,
        Optional<Failure> failure,
        Optional<HeartbeatObservation.Acked> acked) {

    /** What heartbeats come to. */
    public enum Standing {
        /** Nothing: there are none, or what hinders them is ours. */
        NONE,
        /** Writes work. */
        SHOWN,
        /** Writes fail, or are not confirmed. */
        FAILING,
        /** Writes were not shown to work, and the reason may be ours alone. */
        UNCLEAR
    }

    private enum Signal {
        ACKED,
        FAILED,
        UNCLEAR,
        OURS
    }

    static WriteEvidence none() {
        return new WriteEvidence(Standing.NONE, 0, 0, 0, false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Takes in the latest heartbeat; one that was counted already only ages. */
    WriteEvidence next(
            Optional<HeartbeatObservation> latest, boolean readOnly, Moment now, Hysteresis rule, Duration staleAfter) {
        Optional<FailureKind> kind =
                latest.flatMap(HeartbeatObservation::failure).map(Failure::kind);
        if (latest.isEmpty() || kind.equals(Optional.of(FailureKind.STANDING_BY))) {
            return none();
        }
        boolean counts = !latest.equals(last) && !kind.equals(Optional.of(FailureKind.OWN_DELAY));
        WriteEvidence counted = counts ? count(latest.get(), readOnly, rule) : this;
        boolean fresh = counted.last
                .filter(beat -> now.since(beat.at()).compareTo(staleAfter) <= 0)
                .isPresent();
        return fresh ? counted : counted.expired();
    }

    /** The last acknowledged one, if writes work as far as is known. */
    Optional<HeartbeatObservation.Acked> shown() {
        return standing == Standing.SHOWN ? acked : Optional.empty();
    }

    /** The newest one, if that was acknowledged and is young enough to say anything. */
    public Optional<HeartbeatObservation.Acked> newestAcked() {
        return acks > 0 ? acked : Optional.empty();
    }

    /** That writes failed is not over because nobody looks. */
    private WriteEvidence expired() {
        Standing next = standing == Standing.FAILING || standing == Standing.UNCLEAR ? Standing.UNCLEAR : Standing.NONE;
        return new WriteEvidence(next, 0, 0, 0, hanging, last, failure, acked);
    }

    private WriteEvidence count(HeartbeatObservation beat, boolean readOnly, Hysteresis rule) {
        return switch (signal(beat, readOnly)) {
            case ACKED -> acknowledged((HeartbeatObservation.Acked) beat, rule);
            case FAILED -> {
                int inARow = failures + 1;
                Standing next = inARow >= rule.failuresToDown() ? Standing.FAILING : standing;
                yield new WriteEvidence(
                        next,
                        0,
                        inARow,
                        0,
                        hanging || beat instanceof HeartbeatObservation.Ambiguous,
                        Optional.of(beat),
                        telling(beat),
                        acked);
            }
            case UNCLEAR -> {
                int inARow = unclear + 1;
                Standing next = inARow >= rule.failuresToDown() ? Standing.UNCLEAR : standing;
                yield new WriteEvidence(next, 0, 0, inARow, hanging, Optional.of(beat), telling(beat), acked);
            }
            case OURS -> ours(beat, rule);
        };
    }

    private WriteEvidence acknowledged(HeartbeatObservation.Acked beat, Hysteresis rule) {
        int inARow = acks + 1;
        boolean doubted = standing == Standing.FAILING || standing == Standing.UNCLEAR;
        boolean shown = !doubted || inARow >= rule.successesToUp();
        return new WriteEvidence(
                shown ? Standing.SHOWN : standing,
                inARow,
                0,
                0,
                false,
                Optional.of(beat),
                shown ? Optional.empty() : failure,
                Optional.of(beat));
    }

    /** What hinders us says nothing of others: neither that writes work, nor that what was seen to fail works again. */
    private WriteEvidence ours(HeartbeatObservation beat, Hysteresis rule) {
        int inARow = unclear + 1;
        boolean doubted = standing == Standing.FAILING || standing == Standing.UNCLEAR;
        Standing known = doubted ? standing : Standing.NONE;
        Standing next = doubted && inARow >= rule.failuresToDown() ? Standing.UNCLEAR : known;
        return new WriteEvidence(next, 0, 0, inARow, hanging, Optional.of(beat), telling(beat), acked);
    }

    private Optional<Failure> telling(HeartbeatObservation beat) {
        return beat.failure()
                .filter(fault -> fault.kind() != FailureKind.SKIPPED)
                .or(() -> failure)
                .or(beat::failure);
    }

    private Signal signal(HeartbeatObservation beat, boolean readOnly) {
        if (beat instanceof HeartbeatObservation.Ambiguous ambiguous) {
            return ambiguous.fault().kind().ours() ? Signal.OURS : Signal.FAILED;
        }
        return beat instanceof HeartbeatObservation.Failed failed
                ? signal(failed.fault().kind(), readOnly)
                : Signal.ACKED;
    }

    /**
     * A write that the server has ended for its time may have waited for a lock on our own table alone, unless an
     * earlier one of ours hangs; so may one that got no connection say nothing of those who have one.
     */
    private Signal signal(FailureKind kind, boolean readOnly) {
        if (kind.ours()) {
            return Signal.OURS;
        }
        if (kind == FailureKind.READ_ONLY) {
            return readOnly ? Signal.FAILED : Signal.UNCLEAR;
        }
        if (kind == FailureKind.SKIPPED) {
            return failures > 0 ? Signal.FAILED : Signal.UNCLEAR;
        }
        boolean told = kind == FailureKind.SERVER_ERROR || kind == FailureKind.UNCONFIRMED;
        boolean behindOurOwn = kind == FailureKind.TIMED_OUT && hanging;
        return told || behindOurOwn ? Signal.FAILED : Signal.UNCLEAR;
    }
}
