package io.statehub.sidecar.kubernetes.restore;

/** What is asked of that which was restored. */
public interface RestoreChecks {

    /**
     * Compares the restored database with what it must hold.
     *
     * @param host the name of its write service
     * @return what was seen
     * @throws DrillStepException if it isn't what it must be
     */
    String database(String host) throws DrillStepException;

    /**
     * Asks the two paths of an API on the restored database.
     *
     * @param host the name of its service, at port 80
     * @return what was seen
     * @throws DrillStepException if one of them isn't sound
     */
    String api(String host) throws DrillStepException;
}
