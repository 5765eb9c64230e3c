package io.statehub.sidecar.cli.evidence;

import io.statehub.sidecar.cli.running.NeedsNoStart;
import io.statehub.sidecar.evidence.EvidenceProblem;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evidence verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Compares every item and every file of it with its digest, and what is there with the index and with what"
                    + " each item says was filed before it.",
            "Exit code 0 if all is as it was filed, 1 if not."
        })
final class EvidenceVerifyCommand implements Callable<Integer>, NeedsNoStart {

    @Mixin
    private EvidenceFolder folder = new EvidenceFolder();

    @Option(
            names = "--rebuild-index",
            description = "Rebuild the index from the items first; items that are gone are dropped from it.")
    private boolean rebuild;

    @Override
    public Integer call() {
        return folder.read((store, out) -> {
            if (rebuild) {
                store.rebuildIndex();
            }
            List<EvidenceProblem> problems = store.verify();
            problems.forEach(problem -> out.println(problem.item() + ": " + problem.what()));
            if (problems.isEmpty()) {
                out.println("all as it was filed; items: " + store.items().size());
            }
            return problems.isEmpty() ? 0 : 1;
        });
    }
}
