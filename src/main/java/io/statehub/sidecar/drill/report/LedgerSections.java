package io.statehub.sidecar.drill.report;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.drill.ledger.DrillFacts;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Happened;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Tried;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Triggered;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Undo;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.drill.report.DrillDocument.Row;
import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Outage;
import io.statehub.sidecar.failover.Outages;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The parts of a report that any drill's ledger has. */
public final class LedgerSections {

    /** The name in a plan of what causes the fault. */
    public static final String TRIGGER = "trigger";

    private static final List<Track> API = List.of(Track.API_LIVENESS, Track.API_READINESS);

    private final DrillFacts facts;

    public LedgerSections(DrillFacts facts) {
        this.facts = facts;
    }

    public List<Row> outages(List<Track> tracks) {
        List<Row> rows = new ArrayList<>();
        for (Track track : tracks) {
            rows.add(new Row(track.label(), track.words(), described(track)));
        }
        return rows;
    }

    private String described(Track track) {
        if (facts.tries(track).isEmpty()) {
            return "not tried";
        }
        Outages outages = facts.outages(track);
        if (outages.outages().isEmpty()) {
            return "none seen; one between two good tries lasted "
                    + outages.longestGap()
                            .map(gap -> "at most " + Words.of(gap))
                            .orElse("an unknown time");
        }
        List<String> each = new ArrayList<>();
        for (Outage outage : outages.outages()) {
            each.add(Words.bounds(outages.bounds(outage)) + " from "
                    + clock(outage.firstBad().wallClock()) + (outage.firstGood().isEmpty() ? ", and not over" : "")
                    + ": " + outage.cause());
        }
        return String.join("\n", each);
    }

    public List<Row> events() {
        List<Row> rows = new ArrayList<>();
        int number = 1;
        for (Happened event : facts.events()) {
            rows.add(new Row(
                    "event_" + number++,
                    clock(facts.moment(event.latest()).wallClock()),
                    words(event.kind()) + ": " + event.evidence()));
        }
        return rows;
    }

    public List<Row> answers() {
        List<Row> rows = new ArrayList<>();
        for (Track track : API) {
            Map<String, Long> counts = new TreeMap<>();
            facts.tries(track)
                    .forEach(tried -> counts.merge(
                            (tried.outcome() == TryOutcome.OK ? "HTTP " : "")
                                    + tried.detail().replaceAll(" \\(.*", ""),
                            1L,
                            Long::sum));
            List<String> each = counts.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .toList();
            rows.add(new Row(track.label(), track.words(), each.isEmpty() ? "not tried" : String.join("\n", each)));
        }
        return rows;
    }

    public List<Row> trigger() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("trigger", "trigger", facts.planned(TRIGGER)));
        for (Triggered triggered : facts.ledger().all(Triggered.class)) {
            rows.add(new Row(
                    triggered.over() ? "over" : "begun",
                    (triggered.over() ? "over at " : "begun at ")
                            + clock(facts.moment(triggered.at()).wallClock()),
                    said(triggered)));
        }
        return rows;
    }

    private static String said(Triggered triggered) {
        String nothing = triggered.over() ? "said nothing" : "–";
        return triggered.said().isEmpty() ? nothing : triggered.said();
    }

    public List<Row> plan() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("drill", "drill", facts.begun().id()));
        facts.begun()
                .plan()
                .forEach((name, value) ->
                        rows.add(new Row(PlanText.name(name), PlanText.name(name), PlanText.value(name, value))));
        return rows;
    }

    /** What was done and undone, and what of the ledger is damaged. */
    public List<Row> leftBehind() {
        List<Row> rows = new ArrayList<>();
        int number = 1;
        for (Undo undo : facts.ledger().all(Undo.class)) {
            rows.add(
                    new Row("undo_" + number++, undo.done() ? "undone" : "done, to be undone in the end", undo.what()));
        }
        if (facts.ledger().damaged() > 0) {
            rows.add(new Row(
                    "damaged",
                    "lines of the ledger that are damaged",
                    "" + facts.ledger().damaged()));
        }
        return rows;
    }

    private static String words(String label) {
        return label.replace('_', ' ');
    }

    private static String clock(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** The trigger, and what happened after it. */
    public List<Chart.Mark> marks() {
        List<Chart.Mark> marks = new ArrayList<>();
        if (facts.wasTriggered()) {
            marks.add(
                    new Chart.Mark(Duration.ofNanos(facts.triggered().nanos()), "trigger: " + facts.planned(TRIGGER)));
        }
        for (Happened event : facts.events()) {
            marks.add(new Chart.Mark(Duration.ofNanos(event.latest()), words(event.kind())));
        }
        return marks;
    }

    /** How long each was out, as numbers; what was not tried is left out. */
    public JsonObjectBuilder outageFigures() {
        JsonObjectBuilder outages = JSON.createObjectBuilder();
        for (Track track : Track.values()) {
            if (!facts.tries(track).isEmpty()) {
                outages.add(track.label(), bounds(facts.outages(track).total()));
            }
        }
        return outages;
    }

    /** Each answer of the API. */
    public JsonArrayBuilder answerFigures() {
        JsonArrayBuilder answers = JSON.createArrayBuilder();
        for (Track track : API) {
            for (Tried tried : facts.tries(track)) {
                answers.add(JSON.createObjectBuilder()
                        .add("at", facts.moment(tried.begun()).wallClock().toString())
                        .add("path", track.label())
                        .add("outcome", tried.outcome().label())
                        .add("detail", tried.detail()));
            }
        }
        return answers;
    }

    /** Seconds. */
    public static JsonObjectBuilder bounds(Bounds bounds) {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("lowerSeconds", seconds(bounds.lower()));
        bounds.upper().ifPresent(upper -> json.add("upperSeconds", seconds(upper)));
        return json;
    }

    private static BigDecimal seconds(Duration duration) {
        return new BigDecimal(String.format(Locale.ROOT, "%d.%09d", duration.getSeconds(), duration.getNano()))
                .stripTrailingZeros();
    }
}
