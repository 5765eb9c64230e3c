package io.statehub.sidecar.drill.restore;

/** What is known of the rows of one table. */
public sealed interface TableRows {

    /**
     * All rows were read.
     *
     * @param rows how many, from 0
     */
    record Read(long rows, ContentDigest digest, TableRecords records) implements TableRows {

        /** @throws IllegalArgumentException if their number is negative */
        public Read {
            if (rows < 0) {
                throw new IllegalArgumentException("a table with " + rows + " rows");
            }
        }
    }

    /** They should have been read and could not be: nothing is known of them. */
    record Unread(String reason) implements TableRows {}

    /** They are none that a backup has to bring back, and were not read on purpose. */
    record Skipped(String reason) implements TableRows {}
}
