package io.statehub.sidecar.drill.failover;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.drill.ledger.LedgerRecord.Concluded;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Happened;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Outcome;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Tried;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Triggered;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Undo;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.drill.report.Chart;
import io.statehub.sidecar.drill.report.DrillDocument;
import io.statehub.sidecar.drill.report.DrillDocument.Row;
import io.statehub.sidecar.drill.report.DrillDocument.Section;
import io.statehub.sidecar.drill.report.TriesChart;
import io.statehub.sidecar.failover.Bounds;
import io.statehub.sidecar.failover.Outage;
import io.statehub.sidecar.failover.Outages;
import io.statehub.sidecar.failover.Phase;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
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

/** The report on a failover drill, made from its ledger and from what survived. */
final class FailoverReport {

    private final FailoverFacts facts;
    private final Comparison compared;
    private final FailoverJudgement judgement;
    private final List<String> cleanUp;

    /** @param cleanUp what was undone, or could not be, a sentence each */
    FailoverReport(FailoverFacts facts, Comparison compared, FailoverJudgement judgement, List<String> cleanUp) {
        this.facts = facts;
        this.compared = compared;
        this.judgement = judgement;
        this.cleanUp = cleanUp;
    }

    DrillDocument document() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("Objectives", objectives()));
        sections.add(new Section("Outages", outages()));
        sections.add(new Section("Writes", writes()));
        sections.add(new Section("Phases", phases()));
        sections.add(new Section("What happened", events()));
        sections.add(new Section("The API's answers", answers()));
        sections.add(new Section("Trigger", trigger()));
        sections.add(new Section("Plan", plan()));
        sections.add(new Section("Left behind", cleanUp()));
        return new DrillDocument(
                "Failover drill",
                facts.planned(FailoverPlan.CLUSTER),
                facts.begun().started(),
                judgement.verdict(),
                judgement.why(),
                sections);
    }

    private List<Row> objectives() {
        return List.of(
                new Row(
                        "rto",
                        "RTO: writes out for no longer than " + millis(facts.planned(FailoverPlan.RTO_MILLIS)),
                        judgement.rto().label() + ": "
                                + Words.bounds(facts.outages(Track.WRITE).total())),
                new Row(
                        "rpo",
                        "RPO: no more lost than " + millis(facts.planned(FailoverPlan.RPO_MILLIS)),
                        judgement.rpo().label() + ": "
                                + compared.loss().seconds().map(Words::bounds).orElse("not known")));
    }

    private static String millis(String text) {
        return Words.of(Duration.ofMillis(Long.parseLong(text)));
    }

    private List<Row> outages() {
        List<Row> rows = new ArrayList<>();
        for (Track track : Track.values()) {
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

    private List<Row> writes() {
        Map<Outcome, Long> counts = new TreeMap<>();
        facts.writes().forEach(write -> counts.merge(write.outcome(), 1L, Long::sum));
        List<Row> rows = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            rows.add(new Row(
                    outcome.label(),
                    switch (outcome) {
                        case OK -> "acknowledged";
                        case FAILED -> "certainly not committed";
                        case AMBIGUOUS -> "ambiguous: sent, and no answer";
                        case OWN_DELAY -> "ambiguous by a delay of the drill itself";
                    },
                    counts.getOrDefault(outcome, 0L).toString()));
        }
        rows.add(new Row(
                "lost",
                "**lost**: acknowledged, and not there",
                compared.judged() ? Words.numbers(compared.lost()) : "not known"));
        rows.add(new Row("ambiguous_kept", "ambiguous, and there", Words.numbers(compared.kept())));
        rows.add(new Row("ambiguous_gone", "ambiguous, and not there", Words.numbers(compared.gone())));
        if (!compared.judged()) {
            rows.add(new Row(
                    "ambiguous_unknown", "ambiguous, and nobody could be asked", Words.numbers(compared.unknown())));
        }
        if (!compared.unexpected().isEmpty()) {
            rows.add(new Row("unexpected", "there, though never committed", Words.numbers(compared.unexpected())));
        }
        return rows;
    }

    private List<Row> phases() {
        List<Row> rows = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            rows.add(new Row(
                    phase.label(),
                    phase.label(),
                    phase.bounds(facts.milestones()).map(Words::bounds).orElse("not seen")));
        }
        rows.add(new Row(
                "outcome",
                "what it was",
                facts.concluded().map(Concluded::evidence).orElse("not over when the watching ended")));
        return rows;
    }

    private List<Row> events() {
        List<Row> rows = new ArrayList<>();
        int number = 1;
        for (Happened event : facts.events()) {
            rows.add(new Row(
                    "event_" + number++,
                    clock(facts.moment(event.latest()).wallClock()),
                    event.kind() + ": " + event.evidence()));
        }
        return rows;
    }

    private List<Row> answers() {
        List<Row> rows = new ArrayList<>();
        for (Track track : List.of(Track.API_LIVENESS, Track.API_READINESS)) {
            Map<String, Long> counts = new TreeMap<>();
            facts.tries(track)
                    .forEach(tried -> counts.merge(
                            (tried.outcome() == Outcome.OK ? "HTTP " : "")
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

    private List<Row> trigger() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("trigger", "trigger", facts.planned(FailoverPlan.TRIGGER)));
        for (Triggered triggered : facts.ledger().all(Triggered.class)) {
            rows.add(new Row(
                    triggered.over() ? "over" : "begun",
                    (triggered.over() ? "over at " : "begun at ")
                            + clock(facts.moment(triggered.at()).wallClock()),
                    triggered.said().isEmpty() ? "said nothing" : triggered.said()));
        }
        return rows;
    }

    private List<Row> plan() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("drill", "drill", facts.begun().id()));
        facts.begun().plan().forEach((name, value) -> rows.add(new Row(name, name, value)));
        return rows;
    }

    private List<Row> cleanUp() {
        List<Row> rows = new ArrayList<>();
        int number = 1;
        for (String sentence : cleanUp) {
            rows.add(new Row("clean_up_" + number++, "cleaned up", sentence));
        }
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

    private static String clock(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    Chart chart() {
        List<Chart.Mark> marks = new ArrayList<>();
        if (facts.wasTriggered()) {
            marks.add(new Chart.Mark(
                    Duration.ofNanos(facts.triggered().nanos()),
                    "trigger: " + shortened(facts.planned(FailoverPlan.TRIGGER))));
        }
        for (Happened event : facts.events()) {
            marks.add(new Chart.Mark(Duration.ofNanos(event.latest()), event.kind()));
        }
        return TriesChart.of(
                facts.ledger(),
                "Failover drill of " + facts.planned(FailoverPlan.CLUSTER) + ": writes, "
                        + judgement.verdict().label(),
                List.of(Track.WRITE),
                marks);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** What was measured, as numbers. */
    JsonObject figures() {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("drill", facts.begun().id())
                .add("systemIdentifier", facts.planned(FailoverPlan.SYSTEM_IDENTIFIER))
                .add("rto", judgement.rto().label())
                .add("rpo", judgement.rpo().label());
        JsonObjectBuilder outages = JSON.createObjectBuilder();
        for (Track track : Track.values()) {
            if (!facts.tries(track).isEmpty()) {
                outages.add(track.label(), bounds(facts.outages(track).total()));
            }
        }
        JsonObjectBuilder phases = JSON.createObjectBuilder();
        for (Phase phase : Phase.values()) {
            phase.bounds(facts.milestones()).ifPresent(took -> phases.add(phase.label(), bounds(took)));
        }
        json.add("outages", outages).add("phases", phases);
        json.add("acked", compared.acked()).add("compared", compared.judged());
        json.add("lost", numbers(compared.lost()));
        json.add("ambiguousKept", numbers(compared.kept()));
        json.add("ambiguousGone", numbers(compared.gone()));
        json.add("ambiguousUnknown", numbers(compared.unknown()));
        json.add("unexpected", numbers(compared.unexpected()));
        JsonArrayBuilder answers = JSON.createArrayBuilder();
        for (Track track : List.of(Track.API_LIVENESS, Track.API_READINESS)) {
            for (Tried tried : facts.tries(track)) {
                answers.add(JSON.createObjectBuilder()
                        .add("at", facts.moment(tried.begun()).wallClock().toString())
                        .add("path", track.label())
                        .add("outcome", tried.outcome().label())
                        .add("detail", tried.detail()));
            }
        }
        return json.add("answers", answers).build();
    }

    private static JsonObjectBuilder bounds(Bounds bounds) {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("lowerSeconds", seconds(bounds.lower()));
        bounds.upper().ifPresent(upper -> json.add("upperSeconds", seconds(upper)));
        return json;
    }

    private static BigDecimal seconds(Duration duration) {
        return new BigDecimal(String.format(Locale.ROOT, "%d.%09d", duration.getSeconds(), duration.getNano()))
                .stripTrailingZeros();
    }

    private static JsonArrayBuilder numbers(List<Long> numbers) {
        JsonArrayBuilder json = JSON.createArrayBuilder();
        numbers.forEach(json::add);
        return json;
    }
}
