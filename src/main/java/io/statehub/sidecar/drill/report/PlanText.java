package io.statehub.sidecar.drill.report;

import java.time.Duration;
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

    /** Ends the name of what a ledger has in milliseconds, and people read in seconds. */
    public static final String IN_MILLIS = ", ms";

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

    static String name(String noted) {
        return noted.endsWith(IN_MILLIS) ? noted.substring(0, noted.length() - IN_MILLIS.length()) : noted;
    }

    static String value(String name, String noted) {
        return name.endsWith(IN_MILLIS) ? Words.of(Duration.ofMillis(Long.parseLong(noted))) : noted;
    }

    /** For a person, before anything is done. */
    public String text() {
        StringBuilder text = new StringBuilder(purpose).append('\n');
        shown().forEach((name, value) -> text.append("  ")
                .append(name(name))
                .append(": ")
                .append(value(name, value))
                .append('\n'));
        unsound.forEach(reason -> text.append("  NOT SOUND: ").append(reason).append('\n'));
        return text.toString();
    }
}
