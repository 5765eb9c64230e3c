package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.time.Moment;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a member for all of its account in one statement, and for less where the whole is refused: a table that is
 * locked or missing, or a right that our role lacks, costs what stands behind it and nothing else.
 */
final class MemberAnswers {

    /** Each attempt in vain is an error in the server's log. */
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMinutes(1);

    private final Optional<NewestBeat> newestBeat;
    private @Nullable Moment denied;

    /** @param writer whose newest beat is asked for; empty without heartbeats */
    MemberAnswers(Optional<HeartbeatWriter> writer) {
        newestBeat = writer.map(NewestBeat::new);
    }

    /** The answer; where our role may not see statistics, it says so and has none. */
    MemberQuestion.Answer ask(HeldConnection connection, Deadline deadline) throws SQLException {
        boolean withheld = denied != null && deadline.begun().since(denied).compareTo(BETWEEN_ATTEMPTS) < 0;
        if (newestBeat.isEmpty()) {
            return withoutBeat(withheld, connection, deadline);
        }
        NewestBeat beats = newestBeat.get();
        boolean refused = !withheld && beats.readable();
        if (refused) {
            Optional<MemberQuestion.Answer> whole = connection.askIfAllowed(beats.within(), deadline);
            if (whole.isPresent()) {
                return whole.get();
            }
            beats.refused();
        }
        MemberQuestion.Answer answer = withoutBeat(withheld, connection, deadline);
        boolean forTheBeat = refused && denied == null;
        // Last: a lock on the table may take what is left of the time.
        return forTheBeat ? answer : answer.with(beats.on(connection, deadline));
    }

    private MemberQuestion.Answer withoutBeat(boolean withheld, HeldConnection connection, Deadline deadline)
            throws SQLException {
        if (!withheld) {
            Optional<MemberQuestion.Answer> answer =
                    connection.askUnless(SqlFailures::isDenied, MemberQuestion.WITHOUT_BEAT, deadline);
            denied = answer.isPresent() ? null : deadline.begun();
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return connection.ask(MemberQuestion.WITHOUT_STATISTICS, deadline);
    }
}
