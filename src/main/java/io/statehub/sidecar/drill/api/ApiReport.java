package io.statehub.sidecar.drill.api;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.drill.ledger.DrillFacts;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.drill.report.Chart;
import io.statehub.sidecar.drill.report.DrillDocument;
import io.statehub.sidecar.drill.report.DrillDocument.Row;
import io.statehub.sidecar.drill.report.DrillDocument.Section;
import io.statehub.sidecar.drill.report.LedgerSections;
import io.statehub.sidecar.drill.report.TriesChart;
import io.statehub.sidecar.drill.report.Words;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The report on an API drill, made from its ledger. */
final class ApiReport {

    private final ApiFacts facts;
    private final LedgerSections common;
    private final ApiJudgement judgement;

    ApiReport(ApiFacts facts, ApiJudgement judgement) {
        this.facts = facts;
        this.common = new LedgerSections(facts);
        this.judgement = judgement;
    }

    DrillDocument document() {
        List<Section> sections = new ArrayList<>(List.of(
                new Section("Objective", objective()),
                new Section("Outages", common.outages(ApiFacts.TRACKS)),
                new Section("Requests since the trigger", requests()),
                new Section("What happened", common.events()),
                new Section("The API's answers", common.answers()),
                new Section("Trigger", common.trigger()),
                new Section("Plan", common.plan()),
                new Section("Left behind", common.leftBehind())));
        sections.removeIf(section -> section.rows().isEmpty());
        return new DrillDocument(
                "API drill",
                facts.planned(ApiPlan.API),
                facts.begun().started(),
                judgement.verdict(),
                judgement.why(),
                sections);
    }

    private List<Row> objective() {
        return List.of(new Row(
                "recovery",
                "from the trigger until both paths answer"
                        + (facts.asksKubernetes() ? " and the Deployment is whole" : "") + ": no longer than "
                        + Words.of(facts.plannedTime(ApiPlan.ALLOWED_MILLIS)),
                judgement.objective().label() + ": " + Words.bounds(judgement.recovery())));
    }

    private List<Row> requests() {
        List<Row> rows = new ArrayList<>();
        for (Track track : ApiFacts.PATHS) {
            String counts = facts.sinceFault(track).size() + " sent, " + facts.count(track, TryOutcome.FAILED)
                    + " failed, " + facts.count(track, TryOutcome.OWN_DELAY) + " not judged,"
                    + " because the drill itself was late";
            rows.add(new Row(track.label(), track.words(), counts));
        }
        return rows;
    }

    Chart chart() {
        return TriesChart.of(
                facts.ledger(),
                "API drill of " + facts.planned(ApiPlan.API) + ": requests, "
                        + judgement.verdict().label(),
                ApiFacts.PATHS,
                facts.faultSeen() ? List.of(recovery()) : List.of(),
                common.marks());
    }

    private Chart.Span recovery() {
        Duration from = facts.triggered().since(facts.moment(0));
        Duration end = facts.until().since(facts.moment(0));
        return new Chart.Span(
                from,
                judgement.recovery().upper().map(from::plus).orElse(end),
                "until all was whole: " + Words.bounds(judgement.recovery()));
    }

    /** What was measured, as numbers. */
    JsonObject figures() {
        JsonObjectBuilder requests = JSON.createObjectBuilder();
        for (Track track : ApiFacts.PATHS) {
            requests.add(
                    track.label(),
                    JSON.createObjectBuilder()
                            .add("sent", facts.sinceFault(track).size())
                            .add("failed", facts.count(track, TryOutcome.FAILED))
                            .add("notJudged", facts.count(track, TryOutcome.OWN_DELAY)));
        }
        return JSON.createObjectBuilder()
                .add("drill", facts.begun().id())
                .add("systemIdentifier", facts.planned(DrillFacts.SYSTEM_IDENTIFIER))
                .add("objective", judgement.objective().label())
                .add("recovery", LedgerSections.bounds(judgement.recovery()))
                .add("outages", common.outageFigures())
                .add("requests", requests)
                .add("answers", common.answerFigures())
                .build();
    }
}
