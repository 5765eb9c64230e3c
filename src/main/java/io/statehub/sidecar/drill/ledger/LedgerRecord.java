package io.statehub.sidecar.drill.ledger;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** One line of a ledger. Times are nanoseconds since the drill began, on its monotonic clock. */
public sealed interface LedgerRecord {

    /** When it was written. */
    long at();

    /** What the visitor makes of it, by its kind. */
    <T> T accept(Visitor<T> visitor);

    /** Something that is made of every kind of record: one that is added must be here before anything compiles. */
    interface Visitor<T> {
        T begun(Begun begun);

        T sent(Sent sent);

        T tried(Tried tried);

        T sampled(Sampled sampled);

        T happened(Happened happened);

        T triggered(Triggered triggered);

        T concluded(Concluded concluded);

        T undo(Undo undo);

        T survived(Survived survived);

        T ended(Ended ended);
    }

    /** What became of a try. */
    enum TryOutcome {
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

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.begun(this);
        }
    }

    /**
     * A write is about to be sent. Without a {@link Tried} of the same number it is ambiguous.
     *
     * @param sequence its number, from 1
     */
    record Sent(long at, long sequence) implements LedgerRecord {
        /** @throws IllegalArgumentException if the sequence is below 1 */
        public Sent {
            if (sequence < 1) {
                throw new IllegalArgumentException("a write of the number " + sequence);
            }
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.sent(this);
        }
    }

    /**
     * A try is over.
     *
     * @param sequence of a write its number, from 1; else 0
     * @param begun when it began, no later than it was written
     * @param detail of a success the server or status; of a failure the reason
     */
    record Tried(long at, Track track, long sequence, long begun, TryOutcome outcome, String detail)
            implements LedgerRecord {
        /** @throws IllegalArgumentException if the sequence is negative, or it began after it was over */
        public Tried {
            if (sequence < 0 || begun > at) {
                throw new IllegalArgumentException(
                        "a try of the number " + sequence + " from " + begun + " to " + at + " ns");
            }
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.tried(this);
        }
    }

    /**
     * How the cluster looked.
     *
     * @param lagBytes log that the slowest standby had left to replay, not negative; empty if that is not known
     * @param streaming how many standbys streamed, not negative
     */
    record Sampled(long at, OptionalLong lagBytes, int streaming, String standing) implements LedgerRecord {
        /** @throws IllegalArgumentException if a figure is negative */
        public Sampled {
            if (lagBytes.orElse(0) < 0 || streaming < 0) {
                throw new IllegalArgumentException(
                        "a lag of " + lagBytes + " bytes, and " + streaming + " that stream");
            }
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.sampled(this);
        }
    }

    /**
     * Something was noticed.
     *
     * @param kind a {@link io.statehub.sidecar.failover.FailoverEvent.Kind}, or a word of the drill's own
     * @param earliest it had not happened before
     * @param latest by then it had; not before the earliest
     */
    record Happened(long at, String kind, long earliest, long latest, String evidence) implements LedgerRecord {
        /** @throws IllegalArgumentException if the earliest moment lies after the latest */
        public Happened {
            if (earliest > latest) {
                throw new IllegalArgumentException("'" + kind + "' from " + earliest + " to " + latest + " ns");
            }
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.happened(this);
        }
    }

    /** The fault was caused, or what caused it is over. */
    record Triggered(long at, boolean over, String said) implements LedgerRecord {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.triggered(this);
        }
    }

    /** An incident ended: what it turned out to be. */
    record Concluded(long at, String outcome, String evidence) implements LedgerRecord {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.concluded(this);
        }
    }

    /** Something has been done that must be undone, or has been. */
    record Undo(long at, String what, boolean done) implements LedgerRecord {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.undo(this);
        }
    }

    /**
     * What had survived, noted before the rows are deleted: nobody can be asked again then.
     *
     * @param numbers those of the writes that the primary held, such as {@code 1-8 10-10}; none if empty
     */
    record Survived(long at, String numbers) implements LedgerRecord {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.survived(this);
        }
    }

    /** The watching ended. */
    record Ended(long at, End why) implements LedgerRecord {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.ended(this);
        }
    }

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
