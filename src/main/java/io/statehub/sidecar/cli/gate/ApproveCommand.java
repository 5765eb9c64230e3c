package io.statehub.sidecar.cli.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.statehub.sidecar.cli.running.NeedsNoStart;
import io.statehub.sidecar.config.HostName;
import io.statehub.sidecar.evidence.EvidenceDraft;
import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.evidence.TextDigest;
import io.statehub.sidecar.gate.GateDecision;
import io.statehub.sidecar.gate.RetirementGate;
import io.statehub.sidecar.system.Refusal;
import io.statehub.sidecar.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gate approve}. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = {
            "Records an approval to retire the old system, on exactly the evidence that exists now:"
                    + " any change"
                    + " of it, and age, make the approval void. Asks for the name to be typed again.",
            "Exit code 0 if it is recorded, 1 if evidence is missing or the name was not typed again."
        })
final class ApproveCommand implements Callable<Integer>, NeedsNoStart {

    private static final int LONGEST = 300;

    @Mixin
    private GateOptions options = new GateOptions();

    @Option(names = "--by", paramLabel = "NAME", required = true, description = "Who approves.")
    private String by = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, in one line.")
    private String reason = "";

    @Override
    public Integer call() {
        line("--by", by);
        line("--reason", reason);
        try {
            Instant now = TimeSource.system().now().wallClock();
            RetirementGate gate = options.gate(now);
            GateDecision shown = new GateDecision(gate.evidence());
            options.print(shown.text().replaceFirst(".*\n", "").replaceAll("(?s)Nothing was retired.*", ""));
            Optional<String> digest = gate.toApprove().map(TextDigest::of);
            if (digest.isEmpty()) {
                options.print("refused: evidence is missing, so there is nothing to approve\n");
                return 1;
            }
            options.print("Type the name again to approve of retiring the old system on this evidence: ");
            if (!by.equals(typed())) {
                options.print("\nnot approved: that is not " + by + "\n");
                return 1;
            }
            EvidenceItem item = options.store().add(approval(now, gate, digest.get()));
            options.print("\nrecorded as " + item.id() + "\n");
            return 0;
        } catch (EvidenceException e) {
            return options.failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return options.failed("not approved: the standard input can't be read: " + Refusal.of(e));
        }
    }

    private EvidenceDraft approval(Instant now, RetirementGate gate, String covered) {
        return new EvidenceDraft(
                EvidenceKind.APPROVAL,
                now,
                gate.cluster(),
                EvidenceVerdict.PASSED,
                "approved by " + by + ": " + reason,
                Map.of(
                        "by",
                        by,
                        "reason",
                        reason,
                        "machine",
                        HostName.get(),
                        "user",
                        String.valueOf(System.getProperty("user.name")),
                        RetirementGate.COVERS,
                        covered),
                List.of());
    }

    private void line(String name, String text) {
        if (text.isBlank() || text.length() > LONGEST || text.contains("\n")) {
            throw options.wrong(name + ": it must be one line of 1 to " + LONGEST + " characters");
        }
    }

    private static String typed() throws IOException {
        // What is read is one line, from whoever holds the standard input: it is not closed.
        String line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
        return line == null ? "" : line.strip();
    }
}
