package io.statehub.sidecar.drill;

import java.nio.file.Path;

/** Which process runs a drill, and where its ledger is until its report is filed. */
public final class DrillProcess {

    public static final String KEY = "process";

    private static final String FOLDER = ".drills";

    private DrillProcess() {}

    /** This process of this machine. */
    public static String here(String host) {
        return ProcessHandle.current().pid() + " on " + host;
    }

    /** Whether a process is still there, as far as that can be told from here. */
    public static boolean runs(String process, String host) {
        String[] parts = process.split(" on ", 2);
        return parts.length == 2
                && parts[1].equals(host)
                && parts[0].matches("\\d{1,18}")
                && ProcessHandle.current().pid() != Long.parseLong(parts[0])
                && ProcessHandle.of(Long.parseLong(parts[0]))
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
    }

    /** The folder of ledgers beside the evidence. */
    public static Path ledgers(Path evidence) {
        return evidence.resolve(FOLDER);
    }
}
