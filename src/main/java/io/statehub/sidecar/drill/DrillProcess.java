package io.statehub.sidecar.drill;

import io.statehub.sidecar.drill.ledger.Ledger;
import io.statehub.sidecar.drill.ledger.LedgerFile;
import io.statehub.sidecar.system.Refusal;
import java.io.IOException;
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
    private static boolean runs(String process, String host) {
        String[] parts = process.split(" on ", 2);
        return parts.length == 2
                && parts[1].equals(host)
                && parts[0].matches("\\d{1,18}")
                && ProcessHandle.current().pid() != Long.parseLong(parts[0])
                && ProcessHandle.of(Long.parseLong(parts[0]))
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
    }

    /**
     * The ledger of a drill that is no longer run.
     *
     * @param kind of drill
     * @throws DrillException if its process still runs, or the ledger can't be used
     */
    public static Ledger abandoned(Path file, String kind, String host) throws DrillException {
        try {
            Ledger ledger = LedgerFile.read(file);
            if (!ledger.begun().kind().equals(kind)) {
                throw new DrillException(file + " is of a drill of another kind: drill "
                        + ledger.begun().kind() + " --resume reports on it");
            }
            String process = ledger.begun().plan().getOrDefault(KEY, "");
            if (runs(process, host)) {
                throw new DrillException("the drill of " + file + " still runs, as process " + process);
            }
            return ledger;
        } catch (IOException e) {
            throw new DrillException(Refusal.of(e));
        }
    }

    /** The folder of ledgers beside the evidence. */
    public static Path ledgers(Path evidence) {
        return evidence.resolve(FOLDER);
    }
}
