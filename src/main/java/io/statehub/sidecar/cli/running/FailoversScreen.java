package io.statehub.sidecar.cli.running;

import static io.statehub.sidecar.cli.running.Values.millis;
import static io.statehub.sidecar.cli.running.Values.number;
import static io.statehub.sidecar.cli.running.Values.object;
import static io.statehub.sidecar.cli.running.Values.objects;
import static io.statehub.sidecar.cli.running.Values.text;

import io.statehub.sidecar.assessment.Figures;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code GET /failovers} as lines for a terminal. */
final class FailoversScreen {

    private static final String ONGOING = "ongoing";

    private FailoversScreen() {}

    /** The state, the incident that is ongoing, and those that ended, newest first. */
    static void list(JsonObject answer, Screen screen) {
        screen.text("state: " + text(answer, "state").orElse("unknown").replace('_', ' ')
                + text(answer, "leader.member").map(name -> ", primary " + name).orElse(""));
        List<JsonObject> incidents = new ArrayList<>();
        object(answer, "current").ifPresent(incidents::add);
        incidents.addAll(objects(answer, "failovers"));
        screen.blank();
        if (incidents.isEmpty()) {
            screen.text("no incident is remembered");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("id", "began", "outcome", "from", "to", "writes out", "lost rows", "RTO", "RPO"));
        incidents.forEach(incident -> rows.add(List.of(
                text(incident, "id").orElse("?"),
                text(incident, "startedAt").map(FailoversScreen::toSecond).orElse("?"),
                outcome(incident),
                text(incident, "oldPrimary.member").orElse("unknown"),
                text(incident, "newPrimary.member").orElse("-"),
                outage(incident, "write"),
                rows(incident),
                text(incident, "objectives.rto").orElse("-"),
                text(incident, "objectives.rpo").orElse("-"))));
        if (screen.fits(rows)) {
            screen.table(rows);
        } else {
            rows.stream().skip(1).forEach(row -> inASentence(row, rows.get(0), screen));
        }
    }

    /** An incident for a screen without room for all columns: its id can still be copied, and nothing is missing. */
    private static void inASentence(List<String> row, List<String> headings, Screen screen) {
        List<String> parts = new ArrayList<>();
        parts.add(row.get(0) + " " + row.get(2) + ": " + row.get(3) + " to " + row.get(4));
        parts.add(headings.get(1) + " " + row.get(1));
        for (int column = 5; column < row.size(); column++) {
            parts.add(headings.get(column) + " " + row.get(column));
        }
        screen.text(String.join(", ", parts));
    }

    /** One incident, with what happened in it by time. */
    static void one(JsonObject incident, Screen screen) {
        screen.text(outcome(incident) + ": "
                + text(incident, "oldPrimary.member").orElse("unknown")
                + text(incident, "newPrimary.member").map(name -> " to " + name).orElse("") + ", from "
                + text(incident, "startedAt").map(FailoversScreen::toSecond).orElse("?")
                + text(incident, "endedAt").map(end -> " to " + toSecond(end)).orElse(", ongoing"));
        text(incident, "evidence").ifPresent(screen::text);
        screen.blank();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("measure", "value"));
        rows.add(List.of("writes out", outage(incident, "write")));
        rows.add(List.of("reads out", outage(incident, "read")));
        rows.add(List.of("API out", outage(incident, "api")));
        for (String phase : List.of("detection", "promotion", "routing", "redundancy")) {
            object(incident, "phases." + phase)
                    .ifPresent(found ->
                            rows.add(List.of(phase, bounds(millis(found, "lowerMs"), millis(found, "upperMs")))));
        }
        rows.add(List.of("lost rows", rows(incident)));
        rows.add(List.of("RTO", text(incident, "objectives.rto").orElse(ONGOING)));
        rows.add(List.of("RPO", text(incident, "objectives.rpo").orElse(ONGOING)));
        screen.table(rows);
        screen.blank();
        List<List<String>> milestones = new ArrayList<>();
        milestones.add(List.of("no later than", "milestone", "evidence"));
        objects(incident, "milestones")
                .forEach(milestone -> milestones.add(List.of(
                        text(milestone, "latest").map(FailoversScreen::toMilli).orElse("?"),
                        text(milestone, "kind").orElse("?").replace('_', ' '),
                        text(milestone, "evidence").orElse(""))));
        screen.table(milestones);
    }

    private static String outcome(JsonObject incident) {
        return text(incident, "outcome").orElse(ONGOING).replace('_', ' ');
    }

    private static String outage(JsonObject incident, String service) {
        Optional<JsonObject> outages = object(incident, "outages." + service);
        if (outages.isEmpty()) {
            return "not tried";
        }
        return number(outages.get(), "count").orElse(0) == 0
                ? "none seen"
                : bounds(millis(outages.get(), "lowerMs"), millis(outages.get(), "upperMs"));
    }

    private static String bounds(Optional<Duration> lower, Optional<Duration> upper) {
        String least = lower.map(bound -> seconds(bound)).orElse("0.0");
        return upper.map(most -> least + " to " + seconds(most) + " s").orElse("at least " + least + " s");
    }

    private static String seconds(Duration duration) {
        return Figures.seconds(duration).replace(" s", "");
    }

    private static String rows(JsonObject incident) {
        if (number(incident, "loss.rows").isPresent()) {
            return Long.toString(number(incident, "loss.rows").getAsLong());
        }
        return number(incident, "loss.rowsAtLeast").isPresent()
                ? "at least " + number(incident, "loss.rowsAtLeast").getAsLong()
                : "unknown";
    }

    /** Of a time such as {@code 2026-11-27T12:00:00.123456Z}, to the second. */
    private static String toSecond(String time) {
        return time.replaceAll("\\.\\d+(?=Z$)", "");
    }

    private static String toMilli(String time) {
        return time.replaceAll("(\\.\\d{3})\\d*(?=Z$)", "$1");
    }
}
