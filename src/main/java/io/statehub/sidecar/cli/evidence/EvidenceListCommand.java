package io.statehub.sidecar.cli.evidence;

import io.statehub.sidecar.cli.running.NeedsNoStart;
import io.statehub.sidecar.evidence.EvidenceItem;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code evidence list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists all items, oldest first: verdict, id, and the result of each.")
final class EvidenceListCommand implements Callable<Integer>, NeedsNoStart {

    @Mixin
    private EvidenceFolder folder = new EvidenceFolder();

    @Override
    public Integer call() {
        return folder.read((store, out) -> {
            for (EvidenceItem item : store.items()) {
                out.printf("%-10s  %s  %s%n", item.verdict().label(), item.id(), item.summary());
            }
            return 0;
        });
    }
}
