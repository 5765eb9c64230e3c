package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.probe.Deadline;
import java.sql.SQLException;
import java.util.Optional;

/** Reads our newest beat on a member, without an error in the log of one that has no schema for it. */
final class NewestBeat {

    private final NewestBeatQuestion newest;
    private final SchemaQuestion schema;
    private final MemberQuestion within;
    private boolean readable;

    NewestBeat(HeartbeatWriter writer) {
        newest = new NewestBeatQuestion(writer);
        schema = new SchemaQuestion(writer.schema());
        within = new MemberQuestion(true, Optional.of(writer));
    }

    /** Whether it was read the last time, so that it can be asked for together with the rest. */
    boolean readable() {
        return readable;
    }

    /** Asks for it and for the rest. */
    MemberQuestion within() {
        return within;
    }

    /** It is asked for by itself until it can be read again. */
    void refused() {
        readable = false;
    }

    /** The beat, asked for by itself; empty if there is none or it can't be read. */
    Optional<Beat> on(HeldConnection connection, Deadline deadline) throws SQLException {
        if (!readable) {
            readable = connection
                    .askIfAllowed(schema, deadline)
                    .filter(SchemaQuestion.Answer::readable)
                    .filter(found -> found.usable() && found.tables() == SchemaQuestion.Answer.ALL_TABLES)
                    .isPresent();
        }
        if (!readable) {
            return Optional.empty();
        }
        Optional<Optional<Beat>> answer = connection.askIfAllowed(newest, deadline);
        readable = answer.isPresent();
        return answer.flatMap(it -> it);
    }
}
