package io.statehub.sidecar.gate;

import io.statehub.sidecar.evidence.EvidenceItem;
import java.util.List;

/**
 * The gate's answer.
 *
 * @param requirements all that was asked for, the approval last
 */
public record GateDecision(List<Requirement> requirements) {

    private static final List<String> REMAINING = List.of(
            "Stop whatever writes to the old system, and see that it does.",
            "Make the final backup, keep it off the node, and file it: evidence add FILE --note 'final backup' (with"
                    + " --digest-only if it is large).",
            "Stop the services of the old system, and keep its data until the final backup was restored once.",
            "Change the instructions and settings that name the old system.",
            "Keep the evidence elsewhere too: evidence export FILE.");

    public GateDecision {
        requirements = List.copyOf(requirements);
    }

    /** Whether nothing is missing. */
    public boolean go() {
        return requirements.stream().allMatch(each -> each.missing().isEmpty());
    }

    /** For a person, and to be filed. */
    public String text() {
        StringBuilder text = new StringBuilder(go() ? "GO\n" : "NO-GO\n");
        for (Requirement each : requirements) {
            text.append(each.missing().isEmpty() ? "  ok       " : "  MISSING  ")
                    .append(each.what());
            each.missing().ifPresent(why -> text.append(": ").append(why));
            each.evidence()
                    .map(EvidenceItem::id)
                    .ifPresent(id -> text.append(" [").append(id).append(']'));
            text.append('\n');
        }
        if (go()) {
            text.append("Nothing was retired. What remains, by hand and in this order:\n");
            int number = 1;
            for (String step : REMAINING) {
                text.append("  ").append(number++).append(". ").append(step).append('\n');
            }
        }
        return text.toString();
    }
}
