package io.statehub.sidecar.probe.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/** Whether a statement that failed may have been committed all the same. */
final class CommitDoubt {

    private CommitDoubt() {}

    /**
     * An error of the server's rolled the transaction back. A session that it ended (57P0x), a connection that was lost
     * (class 08, or no state at all) and an answer that we didn't wait for leave it open.
     */
    static boolean isLeftBy(SQLException failure) {
        String state = failure.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("57P0")
                || failure instanceof SQLTimeoutException
                || failure.getCause() instanceof IOException;
    }
}
