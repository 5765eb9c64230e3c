package io.statehub.sidecar.cli;

/** Where a person may be watching. */
final class Terminal {

    private Terminal() {}

    /** What happens, for whoever waits at a terminal; a program that reads the output is spared it. */
    // From JDK 22 on there is always a console; what is told too often stays off the standard output.
    @SuppressWarnings("SystemConsoleNull")
    static void progress(String line) {
        if (System.console() != null) {
            System.err.println(line);
        }
    }
}
