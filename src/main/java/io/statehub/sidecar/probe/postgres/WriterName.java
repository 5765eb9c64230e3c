package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Moment;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Who may write under our name. A process takes the name over when it begins, since the row that it finds is that of its
 * predecessor; the one that it took the name from, if it is still there, finds out at its next beat, and falls silent for as
 * long as the other one writes. Used by one thread.
 */
final class WriterName {

    private final String run;
    private final Duration silence;
    private boolean claimed;
    private Optional<BeatStatements.Row> replaced = Optional.empty();
    private Optional<BeatStatements.Row> other = Optional.empty();
    private Moment otherSince;

    /**
     * A name that nobody has claimed yet.
     *
     * @param run which run of this program we are, a random word
     * @param silence after which a run that has the name counts as gone
     */
    WriterName(String run, Duration silence, Moment now) {
        this.run = run;
        this.silence = silence;
        this.otherSince = now;
    }

    String run() {
        return run;
    }

    /** Takes the name over, once; remembers from whom. */
    void claim(Connection connection, BeatStatements statements, Moment now) throws SQLException {
        if (!claimed) {
            replaced = statements.row(connection);
            statements.takeOver(connection, run);
            claimed = true;
            otherSince = now;
        }
    }

    /**
     * Somebody else is in the row. If it is whom we took it from, a failover that lost our claim has brought that back; if
     * there is nobody, it has lost both; and a run that has been silent for long is gone. Then the name is taken over again.
     *
     * @return the run that has the name, if we must leave it to that
     */
    Optional<String> contest(Connection connection, BeatStatements statements, Moment now) throws SQLException {
        Optional<BeatStatements.Row> holder = statements.row(connection);
        if (!holder.equals(other)) {
            other = holder;
            otherSince = now;
        }
        boolean silent = now.since(otherSince).compareTo(silence) >= 0;
        if (holder.isEmpty() || holder.equals(replaced) || silent) {
            statements.takeOver(connection, run);
            other = Optional.empty();
            return Optional.empty();
        }
        return holder.map(BeatStatements.Row::run);
    }
}
