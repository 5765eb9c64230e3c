package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.FailureKind;
import java.sql.SQLException;

/** A fault that we know the kind of without the server's word. */
final class TypedSqlException extends SQLException {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    TypedSqlException(FailureKind kind, String message) {
        super(message);
        this.kind = kind;
    }

    TypedSqlException(FailureKind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    FailureKind kind() {
        return kind;
    }
}
