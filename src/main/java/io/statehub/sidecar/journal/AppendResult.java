package io.statehub.sidecar.journal;

/** What became of an entry. */
public sealed interface AppendResult {

    /** The disk has it, and every entry before it that was not dropped. */
    record Durable() implements AppendResult {}

    /**
     * The disk doesn't have it. With a directory it is kept in memory and written before the next entry, unless it is too
     * long or newer ones push it out.
     *
     * @param reason a sentence for people, naming the file or directory
     */
    record NotDurable(String reason) implements AppendResult {}
}
