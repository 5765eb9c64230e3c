package io.statehub.sidecar.cli.evidence;

import io.statehub.sidecar.cli.running.NeedsNoStart;
import io.statehub.sidecar.evidence.EvidenceArchive;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code evidence export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes all items into one ZIP archive, after all digests were checked.",
            "Exit code 0 if it is written, 1 if not."
        })
final class EvidenceExportCommand implements Callable<Integer>, NeedsNoStart {

    @Mixin
    private EvidenceFolder folder = new EvidenceFolder();

    @Parameters(paramLabel = "FILE", description = "The archive; an existing file is not replaced.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        return folder.read((store, out) -> {
            out.println(file + " holds all items: " + EvidenceArchive.write(store, file));
            return 0;
        });
    }
}
