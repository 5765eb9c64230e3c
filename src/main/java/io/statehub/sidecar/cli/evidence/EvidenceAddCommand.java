package io.statehub.sidecar.cli.evidence;

import io.statehub.sidecar.cli.running.NeedsNoStart;
import io.statehub.sidecar.evidence.AddedFile;
import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.time.TimeSource;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evidence add}. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = {
            "Files a file of yours, such as the final backup: its name, length and digest, and a copy of it unless"
                    + " --digest-only is given. Its verdict is undecided, since nothing judged it.",
            "Exit code 0 if it is filed, 1 if not."
        })
final class EvidenceAddCommand implements Callable<Integer>, NeedsNoStart {

    @Mixin
    private EvidenceFolder folder = new EvidenceFolder();

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @Option(names = "--note", paramLabel = "TEXT", defaultValue = "", description = "What it is, in one line.")
    private String note = "";

    @Option(names = "--digest-only", description = "File its name, length and digest, without a copy.")
    private boolean digestOnly;

    @Override
    public Integer call() {
        if (note.length() > AddedFile.LONGEST_NOTE || note.contains("\n")) {
            throw folder.wrong("--note: it must be one line of at most " + AddedFile.LONGEST_NOTE + " characters");
        }
        return folder.run((store, out) -> {
            EvidenceItem item = store.add(AddedFile.of(
                    file, note, digestOnly, TimeSource.system().now().wallClock()));
            out.println(item.id() + ": " + item.summary());
            return 0;
        });
    }
}
