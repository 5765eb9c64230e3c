package io.statehub.sidecar.cli.evidence;

import io.statehub.sidecar.cli.running.NeedsNoStart;
import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.evidence.EvidenceProblem;
import io.statehub.sidecar.evidence.EvidenceStore;
import io.statehub.sidecar.observation.SystemIdentifier;
import java.io.PrintWriter;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code evidence show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = {
            "Shows one item, its files, and whether all of it is unchanged since it was filed.",
            "Exit code 0 if it is, 1 if not or if there is no such item."
        })
final class EvidenceShowCommand implements Callable<Integer>, NeedsNoStart {

    @Mixin
    private EvidenceFolder folder = new EvidenceFolder();

    @Parameters(paramLabel = "ID", description = "The id of the item, as the list shows it.")
    private String id = "";

    @Override
    public Integer call() {
        return folder.read((store, out) -> shown(store.item(id), store, out));
    }

    private static int shown(EvidenceItem item, EvidenceStore store, PrintWriter out) {
        out.println(item.id() + ": " + item.verdict().label());
        out.println(item.summary());
        row(out, "kind", item.kind().label());
        row(out, "at", item.at().toString());
        row(
                out,
                "system id",
                item.systemIdentifier().map(SystemIdentifier::toString).orElse("none"));
        row(out, "digest", item.digest());
        new TreeMap<>(item.details()).forEach((name, value) -> row(out, name, value));
        item.attachments()
                .forEach(file -> row(
                        out,
                        "file",
                        store.folderOf(item).resolve(file.name()) + " (" + file.bytes() + " bytes, SHA-256 "
                                + file.sha256() + ")"));
        List<EvidenceProblem> problems = store.verify(item);
        problems.forEach(problem -> row(out, "CHANGED", problem.what()));
        return problems.isEmpty() ? 0 : 1;
    }

    private static void row(PrintWriter out, String name, String value) {
        out.printf("  %-12s %s%n", name, value);
    }
}
