package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Farewell;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.postgres.Password.UnreadablePasswordException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The one session with a target: made when first needed, kept from probe to probe, dropped after any failure, whoever
 * throws what.
 *
 * <p>Used by one probe at a time. {@link #close} and {@link #cut} may come from another thread.
 */
final class HeldConnection implements AutoCloseable {

    /** Lets a rotated password come into use, and the server have back what a session gathers there. */
    static final Duration LIFETIME = Duration.ofHours(1);

    private final Connector source;
    private final Duration lookAgain;
    private final AtomicReference<@Nullable Session> session = new AtomicReference<>();
    private final Counterpart counterpart = new Counterpart();
    private @Nullable Exchange exchange;
    private @Nullable Exchange madeIn;
    private @Nullable Exchange lookedIn;
    private Optional<Failure> refusal = Optional.empty();
    private volatile boolean closed;
    private int number;

    /** @param lookAgain after which a new session has to show where the address leads */
    HeldConnection(Connector source, Duration lookAgain) {
        this.source = source;
        this.lookAgain = lookAgain;
    }

    /** Asks and reads within what is left of the deadline. */
    <T> T ask(Question<T> question, Deadline deadline) throws SQLException {
        Session held = held(within(deadline));
        try {
            return answered(question, held, deadline);
        } catch (SQLException e) {
            ended(e);
            throw e;
        } catch (RuntimeException | Error e) {
            drop();
            throw e;
        }
    }

    private <T> T answered(Question<T> question, Session held, Deadline deadline) throws SQLException {
        T answer = PreparedQuestions.answer(question, held);
        counterpart.answered(deadline.now());
        return answer;
    }

    private void ended(SQLException how) {
        counterpart.ended(how);
        drop();
    }

    /** The session is with this run of a server. */
    void isWith(ServerIdentity server) {
        counterpart.is(server);
    }

    /** As {@link Counterpart#farewell}. */
    Optional<Farewell> farewell() {
        return counterpart.farewell();
    }

    /** As {@link #ask}, but empty if the server refuses this one question, which costs the session nothing. */
    <T> Optional<T> askIfAllowed(Question<T> question, Deadline deadline) throws SQLException {
        return askUnless(SqlFailures::isRefusal, question, deadline);
    }

    /**
     * As {@link #ask}, but empty if the server answers with an error of this kind, which must not be one that ends a
     * session.
     */
    <T> Optional<T> askUnless(Predicate<SQLException> refusal, Question<T> question, Deadline deadline)
            throws SQLException {
        Session held = held(within(deadline));
        try {
            return Optional.of(answered(question, held, deadline));
        } catch (SQLException e) {
            if (refusal.test(e)) {
                return Optional.empty();
            }
            ended(e);
            throw e;
        } catch (RuntimeException | Error e) {
            drop();
            throw e;
        }
    }

    /**
     * Makes the session, if there is none.
     *
     * @return a number that stays the same for as long as the session does
     */
    int open(Deadline deadline) throws SQLException {
        held(within(deadline));
        return number;
    }

    /** Whether the session, or the last one if there is none, was there before this probe began. */
    boolean isKept(Deadline deadline) {
        return madeIn != null && madeIn != within(deadline);
    }

    /**
     * Makes another session when it is time to look again where the address leads. One that began as the one we have
     * has shown that, and is closed: what is prepared in the old one, and what its server has read for it, is worth
     * more. The old one is also kept for as long as no other can be had: what it shows counts, and that there is no
     * other is a finding of its own. Takes at most half of what is left of the deadline.
     *
     * @return why there is no other; empty if there is, or it isn't time
     */
    Optional<Failure> renew(Deadline deadline) {
        Exchange now = within(deadline);
        Session held = session.get();
        if (held == null || !isPast(lookAgain, lookedIn, deadline)) {
            return Optional.empty();
        }
        try {
            Session made = source.connect(now.share(2));
            if (held.beganAs(made) && !isPast(LIFETIME, madeIn, deadline)) {
                lookedIn = now;
                made.close();
            } else {
                keep(made, now);
            }
            refusal = Optional.empty();
        } catch (SQLException e) {
            refusal = Optional.of(SqlFailures.of(e, source.where()));
        } catch (UnreadablePasswordException e) {
            refusal = Optional.of(new Failure(FailureKind.CREDENTIAL_UNREADABLE, String.valueOf(e.getMessage())));
        }
        return refusal;
    }

    private static boolean isPast(Duration age, @Nullable Exchange since, Deadline deadline) {
        return since != null && deadline.begun().since(since.deadline().begun()).compareTo(age) >= 0;
    }

    /** The exchange of the probe with this deadline; begins it if it is a new one. */
    private Exchange within(Deadline deadline) {
        Exchange now = exchange;
        if (now != null && now.deadline().equals(deadline)) {
            return now;
        }
        Exchange begun = new Exchange(deadline);
        exchange = begun;
        counterpart.forgetFarewell();
        Session held = session.get();
        if (held != null) {
            held.wire().during(begun);
            // A pooler may lead to another server by now; so may the name.
            if (held.pooled()) {
                drop();
            } else if (source.leadsElsewhere(held)) {
                leave(held);
            }
        }
        return begun;
    }

    /** Hears what the server has said meanwhile, which takes it a millisecond, before the session is given up. */
    private void leave(Session held) {
        try {
            held.connection().unwrap(PGConnection.class).getNotifications();
            drop();
        } catch (SQLException e) {
            ended(e);
        }
    }

    private Session held(Exchange within) throws SQLException {
        Session held = session.get();
        if (held == null) {
            within.requireTime();
            held = source.connect(within);
            keep(held, within);
            // A login may take longer than a probe has: the session is for the next one then.
            within.requireTime();
        }
        return held;
    }

    private void keep(Session made, Exchange within) {
        made.wire().during(within);
        madeIn = within;
        lookedIn = within;
        counterpart.forgetRun();
        number++;
        Session before = session.getAndSet(made);
        if (before != null) {
            before.close();
        }
        if (closed) {
            drop();
        }
    }

    /** Where it leads, for people. */
    String where() {
        return source.where();
    }

    /** Forgets the session, so that the next question makes a new one. */
    void drop() {
        Session dropped = session.getAndSet(null);
        if (dropped != null) {
            dropped.close();
        }
    }

    /** Ends whatever is under way on it: for a probe that isn't back in time, whatever keeps it. */
    void cut() {
        Session held = session.get();
        if (held != null) {
            held.wire().cut();
        }
        source.cut();
    }

    @Override
    public void close() {
        closed = true;
        drop();
        source.close();
    }
}
