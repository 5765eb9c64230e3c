package io.statehub.sidecar.cli.evidence;

import static java.util.Objects.requireNonNull;

import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The folder that every command on evidence works on. */
public final class EvidenceFolder {

    /** Where evidence is if nobody says so. */
    public static final String USUAL = "evidence";

    /** Something on evidence. */
    @FunctionalInterface
    interface Work {
        int done(EvidenceStore store, PrintWriter out) throws EvidenceException;
    }

    @Option(
            names = "--evidence",
            paramLabel = "DIR",
            defaultValue = USUAL,
            description = "The folder of evidence; ${DEFAULT-VALUE} if not given.")
    private Path folder = Path.of(USUAL);

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    public EvidenceStore store() {
        return EvidenceStore.at(folder);
    }

    /** Does something with what was filed, or says in one line that nothing was, or why not; the exit code. */
    int read(Work work) {
        return run((store, out) -> {
            store.requireSomething();
            return work.done(store, out);
        });
    }

    /** Does it, or says in one line why not; the exit code. */
    int run(Work work) {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        try {
            return work.done(store(), out);
        } catch (EvidenceException e) {
            PrintWriter errors = requireNonNull(spec).commandLine().getErr();
            errors.println(e.getMessage());
            errors.flush();
            return 1;
        } finally {
            out.flush();
        }
    }

    CommandLine.ParameterException wrong(String what) {
        return new CommandLine.ParameterException(requireNonNull(spec).commandLine(), what);
    }
}
