package io.statehub.sidecar.testing.lab;

import java.io.PrintStream;

/** A prompt that stays the last line: what is said while it waits goes above it. */
final class LabScreen {

    private static final String PROMPT = "lab> ";
    private static final String BEGIN_OF_LINE_AND_CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private boolean waits;

    /** @param terminal whether a person looks at it; control characters are for nobody else */
    LabScreen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    synchronized void say(String lines) {
        boolean above = waits && terminal;
        out.println(above ? BEGIN_OF_LINE_AND_CLEAR + lines : lines);
        if (above) {
            out.print(PROMPT);
        }
        out.flush();
    }

    synchronized void prompt() {
        waits = true;
        out.print(PROMPT);
        out.flush();
    }

    /** A line was typed, or there won't be any more. */
    synchronized void entered() {
        waits = false;
    }
}
