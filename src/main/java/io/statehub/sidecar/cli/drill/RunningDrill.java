package io.statehub.sidecar.cli.drill;

import io.statehub.sidecar.cli.Stoppable;
import io.statehub.sidecar.drill.DrillException;
import io.statehub.sidecar.drill.DrillProcess;
import io.statehub.sidecar.system.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** The one drill of this process, from its begin to its report, whatever ends it. */
final class RunningDrill {

    private static final int COULD_NOT_RUN = 2;

    private final Stoppable stoppable = new Stoppable();

    /** Something that comes to an exit code. */
    @FunctionalInterface
    interface Work {
        int done() throws DrillException;
    }

    /** Does it, or says in one line why not; the exit code. */
    int run(Work work) {
        try {
            return work.done();
        } catch (DrillException e) {
            System.err.println(e.getMessage());
            return COULD_NOT_RUN;
        } finally {
            stoppable.over();
        }
    }

    /** From here on there is something to be reported if it is stopped. */
    void stoppedBy(Runnable how) {
        stoppable.by(how);
    }

    /** The process is to end: stops what runs, and waits for its report. */
    void end() throws InterruptedException {
        stoppable.end("the drill did not end in time: --resume reports on it");
    }

    /** Of its own for each drill. */
    static String newId() {
        return HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    }

    /** The ledger that is named, or the newest of that kind beside the evidence. */
    static Path ledger(Optional<Path> named, Path evidence, String kind) throws DrillException {
        return named.isPresent() ? named.get() : newest(DrillProcess.ledgers(evidence), kind);
    }

    private static Path newest(Path folder, String kind) throws DrillException {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return files.filter(file -> file.getFileName().toString().startsWith(kind + "-"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow(() ->
                            new DrillException("--resume: there is no ledger of drill " + kind + " in " + folder));
        } catch (IOException e) {
            throw new DrillException("--resume: " + folder + " can't be read: " + Refusal.of(e, folder));
        }
    }
}
