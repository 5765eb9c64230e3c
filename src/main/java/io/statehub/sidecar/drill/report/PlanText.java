package io.statehub.sidecar.drill.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plan as it is shown, and as it is noted in a ledger: from that alone the report is made.
 *
 * @param purpose what is done, a sentence
 * @param facts what is to be known, by name, in order
 * @param places what is written where, by name, without any secret
 * @param unsound why it should not begin; empty if nothing speaks against it
 */
public record PlanText(String purpose, Map<String, String> facts, Map<String, String> places, List<String> unsound) {

    private static final String ANYWAY = "begun anyway, though";

    /** For a ledger. */
    public Map<String, String> noted() {
        Map<String, String> noted = shown();
        if (!unsound.isEmpty()) {
            noted.put(ANYWAY, String.join("; ", unsound));
        }
        return noted;
    }

    private Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>(facts);
        shown.putAll(new TreeMap<>(places));
        return shown;
    }

    /** For a person, before anything is done. */
    public String text() {
        StringBuilder text = new StringBuilder(purpose).append('\n');
        shown().forEach((name, value) ->
                text.append("  ").append(name).append(": ").append(value).append('\n'));
        unsound.forEach(reason -> text.append("  NOT SOUND: ").append(reason).append('\n'));
        return text.toString();
    }
}
