package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Farewell;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.time.Moment;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which run of a server the session is with that is held, and what that said in the end.
 *
 * <p>Used by one thread at a time, except {@link #farewell}.
 */
final class Counterpart {

    private @Nullable ServerIdentity run;
    private @Nullable Moment lastAnswer;
    private volatile @Nullable Farewell farewell;

    /** A probe begins: what was heard in those before has been told. */
    void forgetFarewell() {
        farewell = null;
    }

    /** A session is made, with nobody knows which run. */
    void forgetRun() {
        run = null;
    }

    void answered(Moment at) {
        lastAnswer = at;
    }

    /**
     * The session is with this run. If it has taken leave before, it was our session that somebody ended, and nothing
     * more.
     */
    void is(ServerIdentity server) {
        Farewell said = farewell;
        if (said != null && said.run().isSameRunAs(server)) {
            farewell = null;
        }
        run = server;
    }

    /** The session broke, or its server ended it. */
    void ended(SQLException how) {
        if (run != null && lastAnswer != null && SqlFailures.isOrderlyEnd(how)) {
            farewell = new Farewell(run, lastAnswer, SqlFailures.of(how).detail());
        }
    }

    /** What a server said in this probe to end a session that is known to have been with it; from any thread. */
    Optional<Farewell> farewell() {
        return Optional.ofNullable(farewell);
    }
}
