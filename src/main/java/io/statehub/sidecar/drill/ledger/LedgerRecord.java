package io.statehub.sidecar.drill.ledger;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** One line of a ledger. Times are nanoseconds since the drill began, on its monotonic clock. */
public sealed interface LedgerRecord {

    /** When it was written. */
    long at();

    /** What became of a try. */
    enum Outcome {
        /** It worked; of a write: the commit was acknowledged. */
        OK,
        /** It did not work; of a write: certainly not committed. */
        FAILED,
        /** Of a write alone: it was sent, and nobody can say. */
        AMBIGUOUS,
        /**
         * Nothing is known of the target: this process was too late itself, or whoever tells of it could not be asked.
         */
        OWN_DELAY;

        /** The name in files. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The first line: which drill it is.
     *
     * @param id under which its rows are written
     * @param kind which kind of drill
     * @param started what the wall clock said at 0
     * @param plan what was planned, for whoever makes the report
     */
    record Begun(String id, String kind, Instant started, Map<String, String> plan) implements LedgerRecord {
        @Override
        public long at() {
            return 0;
        }
    }

    /** A write is about to be sent. Without a {@link Tried} of the same number it is ambiguous. */
    record Sent(long at, long sequence) implements LedgerRecord {}

    /**
     * A try is over.
     *
     * @param sequence of a write its number; else 0
     * @param begun when it began
     * @param detail of a success the server or status; of a failure the reason
     */
    record Tried(long at, Track track, long sequence, long begun, Outcome outcome, String detail)
            implements LedgerRecord {}

    /**
     * How the cluster looked.
     *
     * @param lagBytes log that the slowest standby had left to replay; empty if that is not known
     * @param streaming how many standbys streamed
     */
    record Sampled(long at, OptionalLong lagBytes, int streaming, String standing) implements LedgerRecord {}

    /**
     * Something was noticed.
     *
     * @param kind a {@link io.statehub.sidecar.failover.FailoverEvent.Kind}, or a word of the drill's own
     * @param earliest it had not happened before
     * @param latest by then it had
     */
    record Happened(long at, String kind, long earliest, long latest, String evidence) implements LedgerRecord {}

    /** The fault was caused, or what caused it is over. */
    record Triggered(long at, boolean over, String said) implements LedgerRecord {}

    /** An incident ended: what it turned out to be. */
    record Concluded(long at, String outcome, String evidence) implements LedgerRecord {}

    /** Something has been done that must be undone, or has been. */
    record Undo(long at, String what, boolean done) implements LedgerRecord {}

    /**
     * What had survived, noted before the rows are deleted: nobody can be asked again then.
     *
     * @param numbers those of the writes that the primary held, such as {@code 1-8 10-10}; none if empty
     */
    record Survived(long at, String numbers) implements LedgerRecord {}

    /** The watching ended. */
    record Ended(long at, End why) implements LedgerRecord {}

    /** Why the watching ended. */
    enum End {
        /** All that was waited for was seen. */
        WHOLE,
        /** The deadline came. */
        DEADLINE,
        /** Somebody stopped it. */
        INTERRUPTED;

        /** The name in files. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
