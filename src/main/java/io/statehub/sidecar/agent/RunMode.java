package io.statehub.sidecar.agent;

/** What this process was started for. */
public enum RunMode {
    /** To watch for as long as it lives. */
    WATCH,
    /** To do what its arguments say, and end: it watches nothing, and leaves alone what belongs to the sidecar. */
    COMMAND;

    static RunMode of(String[] arguments) {
        return arguments.length == 0 ? WATCH : COMMAND;
    }

    boolean watches() {
        return this == WATCH;
    }
}
