package io.statehub.sidecar.probe.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** Asks a question of a session, and what is asked often is prepared there once. */
final class PreparedQuestions {

    private PreparedQuestions() {}

    /** The answer to a question, which is prepared if it says how and the session is no pooler's. */
    static <T> T answer(Question<T> question, Session held) throws SQLException {
        Optional<Question.Prepared> prepared = question.prepared().filter(it -> !held.pooled());
        if (prepared.isPresent()) {
            return answer(question, prepared.get(), held);
        }
        try (PreparedStatement statement = held.connection().prepareStatement(question.sql())) {
            question.bind(statement);
            return Asking.answer(statement, question::map);
        }
    }

    /**
     * Not by the driver, which would speak another form of the protocol for it; the parameters are part of what is
     * prepared.
     */
    private static <T> T answer(Question<T> question, Question.Prepared prepared, Session held) throws SQLException {
        if (!held.prepared().contains(prepared.name())) {
            String prepare =
                    "PREPARE " + prepared.name() + " AS " + prepared.sql().apply(held);
            try (PreparedStatement statement = held.connection().prepareStatement(prepare)) {
                question.bind(statement);
                statement.execute();
            }
            held.prepared().add(prepared.name());
        }
        try (PreparedStatement statement = held.connection().prepareStatement(prepared.execution())) {
            return Asking.answer(statement, question::map);
        }
    }
}
