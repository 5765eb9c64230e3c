package io.statehub.sidecar.drill;

import io.statehub.sidecar.drill.ledger.LedgerRecord.End;
import io.statehub.sidecar.drill.ledger.LedgerWriter;
import io.statehub.sidecar.drill.trigger.RunningTrigger;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/**
 * The course of a drill: the fault is caused once all was watched for a while, and the drill ends when all is seen, at
 * the deadline, or when it must stop. Whatever ends it, the trigger is ended with it.
 */
public final class Course {

    private static final Duration BASELINE = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 200;

    private final TimeSource time;
    private final LedgerWriter writer;
    private final RunningTrigger fault;
    private final Audience audience;
    private final StopSignal stop;

    /** What is done at each look. */
    public interface Look {

        /** Follows it, and shows it. */
        void at(Moment now);

        /** Whether all that a drill waits for is seen; asked once the trigger is done. */
        boolean whole(Moment now);
    }

    public Course(TimeSource time, LedgerWriter writer, RunningTrigger fault, Audience audience, StopSignal stop) {
        this.time = time;
        this.writer = writer;
        this.fault = fault;
        this.audience = audience;
        this.stop = stop;
    }

    /**
     * Runs it to its end.
     *
     * @param deadline from the trigger on
     */
    public End run(Duration deadline, Look look) {
        Moment baseline = time.now().plus(BASELINE);
        while (true) {
            boolean stopped = stop.isGivenWithin(LOOK_MILLIS);
            Moment now = time.now();
            Optional<String> broken = writer.broken();
            if (stopped || broken.isPresent()) {
                broken.ifPresent(audience::say);
                fault.end();
                return End.INTERRUPTED;
            }
            if (!fault.begun() && now.isAfter(baseline)) {
                fault.begin();
            }
            look.at(now);
            if (fault.over() && look.whole(now)) {
                return End.WHOLE;
            }
            if (fault.begun() && fault.since(now).compareTo(deadline) > 0) {
                fault.end();
                return End.DEADLINE;
            }
        }
    }
}
