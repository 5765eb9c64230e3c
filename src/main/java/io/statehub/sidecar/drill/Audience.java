package io.statehub.sidecar.drill;

/** Who follows a drill. */
public interface Audience {

    /** The plan, or a sentence on what was done. */
    void say(String text);

    /** Whether the plan is agreed to; asked once. */
    boolean agrees();

    /** It begins: from here on there is something to be reported and removed, whatever ends it. */
    void begins();

    /** How it stands, told every fifth of a second. */
    void see(DrillView view);

    /** Something that happened. */
    void happened(String line);

    /** Nothing more is to be seen. */
    void over();
}
