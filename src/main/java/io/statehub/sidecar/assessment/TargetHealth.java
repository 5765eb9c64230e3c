package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.time.Moment;
import java.util.Optional;

/** What is believed of one target after a number of answers. */
public sealed interface TargetHealth {

    /** Since when this is believed. */
    Moment since();

    Status status();

    /** The last failure that counts for this belief. */
    Optional<Failure> failure();

    TargetHealth succeeded(Moment at, Hysteresis rule);

    TargetHealth failed(Moment at, Failure failure, Hysteresis rule);

    /** Whether it was down when it was known last, and nothing has shown since that this is over. */
    boolean downWhenSeenLast();

    /**
     * Nothing was heard for too long: what was believed no longer holds.
     *
     * @param because the fault of ours that kept us from hearing; empty if there is none that is known
     */
    default TargetHealth expired(Moment at, Optional<Failure> because) {
        if (this instanceof Unknown unknown) {
            return unknown.failure().isPresent() || because.isEmpty()
                    ? unknown
                    : new Unknown(unknown.since(), 0, 0, because, unknown.downWhenSeenLast());
        }
        return new Unknown(at, 0, 0, because, downWhenSeenLast());
    }

    static TargetHealth unknown(Moment since) {
        return new Unknown(since, 0, 0, Optional.empty(), false);
    }

    /** That a probe was skipped says only that the one before is still out: why that one is, is the better reason. */
    private static Failure moreTelling(Optional<Failure> earlier, Failure latest) {
        return latest.kind() == FailureKind.SKIPPED ? earlier.orElse(latest) : latest;
    }

    /** Failures in a row on the same side: those that are ours don't add up with those of the target. */
    private static int counted(int before, Optional<Failure> earlier, Failure latest) {
        boolean sameSide = earlier.isEmpty()
                || earlier.get().kind().ours() == latest.kind().ours();
        return sameSide ? before + 1 : 1;
    }

    /** Enough failures have come together: down, unless the fault is ours and so says nothing of the target. */
    private static TargetHealth afterFailures(Moment at, int failures, Failure failure, boolean wasDown) {
        return failure.kind().ours()
                ? new Unknown(at, 0, failures, Optional.of(failure), wasDown)
                : new Down(at, 0, failure);
    }

    /**
     * Not enough is known.
     *
     * @param successes answers in a row so far
     * @param failures failures in a row so far
     * @param downWhenSeenLast whether it was down before a fault of ours hid it
     */
    record Unknown(Moment since, int successes, int failures, Optional<Failure> failure, boolean downWhenSeenLast)
            implements TargetHealth {
        @Override
        public Status status() {
            return Status.UNKNOWN;
        }

        /** The first answer of all has nothing that speaks against it; after a failure it takes several. */
        @Override
        public TargetHealth succeeded(Moment at, Hysteresis rule) {
            int counted = successes + 1;
            return failure.isEmpty() || counted >= rule.successesToUp()
                    ? new Up(at, 0, Optional.empty())
                    : new Unknown(since, counted, 0, failure, downWhenSeenLast);
        }

        @Override
        public TargetHealth failed(Moment at, Failure latest, Hysteresis rule) {
            Failure cause = moreTelling(failure, latest);
            int counted = TargetHealth.counted(failures, failure, cause);
            return counted >= rule.failuresToDown() && !cause.kind().ours()
                    ? new Down(at, 0, cause)
                    : new Unknown(since, 0, counted, Optional.of(cause), downWhenSeenLast);
        }
    }

    /**
     * It answers.
     *
     * @param failures failures in a row since the last answer; fewer than it takes to be down
     */
    record Up(Moment since, int failures, Optional<Failure> failure) implements TargetHealth {
        @Override
        public Status status() {
            return failures == 0 ? Status.UP : Status.DEGRADED;
        }

        @Override
        public boolean downWhenSeenLast() {
            return false;
        }

        @Override
        public TargetHealth succeeded(Moment at, Hysteresis rule) {
            return new Up(since, 0, Optional.empty());
        }

        @Override
        public TargetHealth failed(Moment at, Failure latest, Hysteresis rule) {
            Failure cause = moreTelling(failure, latest);
            int counted = TargetHealth.counted(failures, failure, cause);
            return counted >= rule.failuresToDown()
                    ? afterFailures(at, counted, cause, false)
                    : new Up(since, counted, Optional.of(cause));
        }
    }

    /**
     * It doesn't answer.
     *
     * @param successes answers in a row since; fewer than it takes to be up
     * @param cause the last failure
     */
    record Down(Moment since, int successes, Failure cause) implements TargetHealth {
        @Override
        public Status status() {
            return Status.DOWN;
        }

        @Override
        public boolean downWhenSeenLast() {
            return true;
        }

        @Override
        public Optional<Failure> failure() {
            return Optional.of(cause);
        }

        @Override
        public TargetHealth succeeded(Moment at, Hysteresis rule) {
            int counted = successes + 1;
            return counted >= rule.successesToUp() ? new Up(at, 0, Optional.empty()) : new Down(since, counted, cause);
        }

        @Override
        public TargetHealth failed(Moment at, Failure latest, Hysteresis rule) {
            return latest.kind().ours()
                    ? afterFailures(at, 1, latest, true)
                    : new Down(since, 0, moreTelling(Optional.of(cause), latest));
        }
    }
}
