package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The System V segment that a killed postmaster leaves behind, for as long as the machine runs. */
final class SharedMemory {

    /** Seventh line of postmaster.pid: key and id of the segment. */
    private static final int LINE = 6;

    private SharedMemory() {}

    /** For the server that ran on this data directory, if there was one. */
    static void remove(Path data) {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() > LINE) {
                String[] keyAndId = lines.get(LINE).strip().split("\\s+", -1);
                String id = keyAndId[keyAndId.length - 1];
                // A postmaster that was shutting down on its own may have removed it already; anything else is an
                // error.
                HostCommands.run(List.of("sh", "-c", "ipcrm -m \"$1\" || ! ipcs -m -i \"$1\"", "ipcrm", id));
            }
        } catch (IOException failure) {
            throw new LabException("cannot read " + file, failure);
        }
    }
}
