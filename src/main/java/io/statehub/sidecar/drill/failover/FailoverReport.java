package io.statehub.sidecar.drill.failover;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.drill.ledger.DrillFacts;
import io.statehub.sidecar.drill.ledger.LedgerRecord.Concluded;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.drill.report.Chart;
import io.statehub.sidecar.drill.report.DrillDocument;
import io.statehub.sidecar.drill.report.DrillDocument.Row;
import io.statehub.sidecar.drill.report.DrillDocument.Section;
import io.statehub.sidecar.drill.report.LedgerSections;
import io.statehub.sidecar.drill.report.TriesChart;
import io.statehub.sidecar.drill.report.Words;
import io.statehub.sidecar.failover.Occurrence;
import io.statehub.sidecar.failover.Phase;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The report on a failover drill, made from its ledger and from what survived. */
final class FailoverReport {

    private static final List<Track> TRACKS = List.of(Track.WRITE, Track.READ, Track.API_LIVENESS, Track.API_READINESS);

    private final FailoverFacts facts;
    private final LedgerSections common;
    private final Comparison compared;
    private final FailoverJudgement judgement;
    private final List<String> cleanUp;

    /** @param cleanUp what was undone, or could not be, a sentence each */
    FailoverReport(FailoverFacts facts, Comparison compared, FailoverJudgement judgement, List<String> cleanUp) {
        this.facts = facts;
        this.common = new LedgerSections(facts);
        this.compared = compared;
        this.judgement = judgement;
        this.cleanUp = cleanUp;
    }

    DrillDocument document() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("Objectives", objectives()));
        sections.add(new Section("Outages", common.outages(TRACKS)));
        sections.add(new Section("Writes", writes()));
        sections.add(new Section("Phases", phases()));
        sections.add(new Section("What happened", common.events()));
        sections.add(new Section("The API's answers", common.answers()));
        sections.add(new Section("Trigger", common.trigger()));
        sections.add(new Section("Plan", common.plan()));
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
                        "RTO: writes out for no longer than " + Words.of(facts.plannedTime(FailoverPlan.RTO_MILLIS)),
                        judgement.rto().label() + ": "
                                + Words.bounds(facts.outages(Track.WRITE).total())),
                new Row(
                        "rpo",
                        "RPO: no more lost than " + Words.of(facts.plannedTime(FailoverPlan.RPO_MILLIS)),
                        judgement.rpo().label() + ": "
                                + compared.loss().seconds().map(Words::bounds).orElse("not known")));
    }

    private List<Row> writes() {
        Map<TryOutcome, Long> counts = new TreeMap<>();
        facts.writes().forEach(write -> counts.merge(write.outcome(), 1L, Long::sum));
        List<Row> rows = new ArrayList<>();
        for (TryOutcome outcome : TryOutcome.values()) {
            rows.add(new Row(
                    outcome.label(),
                    switch (outcome) {
                        case OK -> "acknowledged";
                        case FAILED -> "certainly not committed";
                        case AMBIGUOUS -> "ambiguous: sent, and no answer";
                        case OWN_DELAY -> "ambiguous, because the drill itself was late";
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

    private List<Row> cleanUp() {
        List<Row> rows = new ArrayList<>();
        int number = 1;
        for (String sentence : cleanUp) {
            rows.add(new Row("clean_up_" + number++, "cleaned up", sentence));
        }
        rows.addAll(common.leftBehind());
        return rows;
    }

    Chart chart() {
        return TriesChart.of(
                facts.ledger(),
                "Failover drill of " + facts.planned(FailoverPlan.CLUSTER) + ": writes, "
                        + judgement.verdict().label(),
                List.of(Track.WRITE),
                spans(),
                common.marks());
    }

    private List<Chart.Span> spans() {
        List<Chart.Span> spans = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            phase.bounds(facts.milestones())
                    .ifPresent(took -> spans.add(new Chart.Span(
                            since(phase.opened(facts.milestones())),
                            since(phase.closed(facts.milestones())),
                            phase.label() + ": " + Words.bounds(took))));
        }
        return spans;
    }

    private Duration since(Optional<Occurrence> event) {
        return event.orElseThrow().latest().since(facts.moment(0));
    }

    /** What was measured, as numbers. */
    JsonObject figures() {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("drill", facts.begun().id())
                .add("systemIdentifier", facts.planned(DrillFacts.SYSTEM_IDENTIFIER))
                .add("rto", judgement.rto().label())
                .add("rpo", judgement.rpo().label());
        JsonObjectBuilder phases = JSON.createObjectBuilder();
        for (Phase phase : Phase.values()) {
            phase.bounds(facts.milestones()).ifPresent(took -> phases.add(phase.label(), LedgerSections.bounds(took)));
        }
        json.add("outages", common.outageFigures()).add("phases", phases);
        json.add("acked", compared.acked()).add("compared", compared.judged());
        json.add("lost", numbers(compared.lost()));
        json.add("ambiguousKept", numbers(compared.kept()));
        json.add("ambiguousGone", numbers(compared.gone()));
        json.add("ambiguousUnknown", numbers(compared.unknown()));
        json.add("unexpected", numbers(compared.unexpected()));
        return json.add("answers", common.answerFigures()).build();
    }

    private static JsonArrayBuilder numbers(List<Long> numbers) {
        JsonArrayBuilder json = JSON.createArrayBuilder();
        numbers.forEach(json::add);
        return json;
    }
}
