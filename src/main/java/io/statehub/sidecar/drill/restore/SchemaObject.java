package io.statehub.sidecar.drill.restore;

/**
 * Anything of a schema but the rows.
 *
 * @param kind what it is, in PostgreSQL's words: {@code column}, {@code index}, {@code grants} …
 * @param name unique within its kind, quoted as SQL takes it
 * @param definition all that can differ, in a form that doesn't depend on where it is stored
 */
public record SchemaObject(String kind, String name, String definition) {

    /** Kind and name, for people. */
    public String subject() {
        return kind + " " + name;
    }
}
