package io.statehub.sidecar.drill.failover;

import static io.statehub.sidecar.drill.GoldenReports.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.drill.ledger.LedgerRecord.End;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.report.DrillJson;
import io.statehub.sidecar.drill.report.DrillMarkdown;
import io.statehub.sidecar.drill.report.SvgChart;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.failover.FailoverEvent.Kind;
import io.statehub.sidecar.failover.Objectives.Compliance;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What drills come to, and their reports against golden files.
 */
class FailoverReportTest {

    private static final Duration RTO = Duration.ofSeconds(30);
    private static final List<String> CLEAN = List.of("rows deleted: 45");

    private static FailoverReport report(ScriptedDrill drill, Comparison compared) {
        return new FailoverReport(drill.facts(), compared, FailoverJudgement.of(drill.facts(), compared), CLEAN);
    }

    private static void golden(String name, FailoverReport report) throws IOException {
        assertGolden(name + ".md", DrillMarkdown.of(report.document(), "picture.svg"));
        assertGolden(name + ".json", DrillJson.of(report.document(), report.figures()));
        assertGolden(name + ".svg", SvgChart.of(report.chart()));
    }

    @Test
    void aFailoverWithinItsObjectivesPasses() throws IOException {
        ScriptedDrill drill = ScriptedDrill.failover(RTO);
        Comparison compared = drill.compared(Optional.of(drill.heldWithout()));
        FailoverJudgement judgement = FailoverJudgement.of(drill.facts(), compared);

        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.PASSED);
        assertThat(judgement.exitCode(compared)).isZero();
        assertThat(judgement.why())
                .isEqualTo(
                        "writes were out for 0.49 to 0.71 s (allowed: 30.00 s), all 40 acknowledged writes survived");
        golden("failover-passed", report(drill, compared));
    }

    @Test
    void aDrillThatEndsWithFewerStandbysThanItBeganWithDoesNotPass() {
        ScriptedDrill drill = ScriptedDrill.failover(RTO).streaming(1);
        Comparison compared = drill.compared(Optional.of(drill.heldWithout()));
        FailoverJudgement judgement = FailoverJudgement.of(drill.facts(), compared);

        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.UNDECIDED);
        assertThat(judgement.exitCode(compared)).isEqualTo(3);
        assertThat(judgement.why()).isEqualTo("standbys that stream in the end: 1; before: 2");
    }

    @Test
    void aFailoverBeforeTheFaultDoesNotMakeTheDrillPass() {
        ScriptedDrill drill = new ScriptedDrill(RTO)
                .writes(10, TryOutcome.OK)
                .concluded("failover")
                .writes(10, TryOutcome.OK)
                .trigger()
                .writes(10, TryOutcome.OK)
                .happened(Kind.REDUNDANT)
                .writes(5, TryOutcome.OK)
                .ended(End.DEADLINE);
        FailoverJudgement judgement =
                FailoverJudgement.of(drill.facts(), drill.compared(Optional.of(drill.heldWithout())));

        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.UNDECIDED);
        assertThat(judgement.why()).isEqualTo("no change of primary was seen");
    }

    @Test
    void aLostWriteFailsTheDrillWhateverTheObjectivesAre() throws IOException {
        ScriptedDrill drill = ScriptedDrill.failover(RTO);
        Comparison compared = drill.compared(Optional.of(drill.heldWithout(18, 19, 20)));
        FailoverJudgement judgement = FailoverJudgement.of(drill.facts(), compared);

        assertThat(compared.lost()).containsExactly(18L, 19L, 20L);
        assertThat(compared.gone()).containsExactly(21L);
        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.FAILED);
        assertThat(judgement.rpo()).isEqualTo(Compliance.MISSED);
        assertThat(judgement.exitCode(compared)).isEqualTo(1);
        golden("failover-failed", report(drill, compared));
    }

    @Test
    void anOutageAboveTheObjectiveFails() {
        ScriptedDrill drill = ScriptedDrill.failover(Duration.ofMillis(400));
        Comparison compared = drill.compared(Optional.of(drill.heldWithout()));

        assertThat(FailoverJudgement.of(drill.facts(), compared).verdict()).isEqualTo(EvidenceVerdict.FAILED);
    }

    @Test
    void anObjectiveBetweenTheBoundsIsUndecided() {
        ScriptedDrill drill = ScriptedDrill.failover(Duration.ofMillis(600));
        Comparison compared = drill.compared(Optional.of(drill.heldWithout()));
        FailoverJudgement judgement = FailoverJudgement.of(drill.facts(), compared);

        assertThat(judgement.rto()).isEqualTo(Compliance.UNDECIDED);
        assertThat(judgement.exitCode(compared)).isEqualTo(3);
    }

    @Test
    void aDrillWithoutAChangeOfPrimaryProvesNothing() {
        ScriptedDrill drill = new ScriptedDrill(RTO)
                .writes(20, TryOutcome.OK)
                .trigger()
                .writes(20, TryOutcome.OK)
                .ended(End.DEADLINE);
        Comparison compared = drill.compared(Optional.of(drill.heldWithout()));
        FailoverJudgement judgement = FailoverJudgement.of(drill.facts(), compared);

        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.UNDECIDED);
        assertThat(judgement.why()).isEqualTo("no change of primary was seen");
        assertThat(judgement.exitCode(compared)).isEqualTo(3);
    }

    @Test
    void withNobodyToTakeOverTheOutageRunsToTheEndAndNobodyKnowsWhatSurvived() {
        ScriptedDrill drill = new ScriptedDrill(Duration.ofSeconds(2))
                .writes(20, TryOutcome.OK)
                .trigger()
                .writes(40, TryOutcome.FAILED)
                .happened(Kind.NO_CANDIDATE)
                .ended(End.DEADLINE);
        Comparison compared = drill.compared(Optional.empty());
        FailoverJudgement judgement = FailoverJudgement.of(drill.facts(), compared);

        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.FAILED);
        assertThat(judgement.why()).isEqualTo("writes were out for at least 3.89 s; allowed are 2.00 s");
        assertThat(judgement.rpo()).isEqualTo(Compliance.UNDECIDED);
        assertThat(judgement.exitCode(compared)).isEqualTo(1);
        assertThat(DrillMarkdown.of(report(drill, compared).document(), "p.svg"))
                .contains("not known", "and not over");
    }

    @Test
    void aDrillThatWasKilledOrStoppedIsIncompleteAndItsLastWriteAmbiguous() {
        ScriptedDrill killed =
                new ScriptedDrill(RTO).writes(20, TryOutcome.OK).trigger().unheard();
        Comparison compared = killed.compared(Optional.of(new TreeSet<>(killed.heldWithout(7))));
        FailoverJudgement judgement = FailoverJudgement.of(killed.facts(), compared);

        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.INCOMPLETE);
        assertThat(judgement.why()).startsWith("the drill was broken off before its end; until then: 1 of 20");
        assertThat(compared.gone()).containsExactly(21L);
        assertThat(judgement.exitCode(compared)).isEqualTo(1);

        ScriptedDrill stopped =
                new ScriptedDrill(RTO).writes(20, TryOutcome.OK).trigger().ended(End.INTERRUPTED);
        Comparison whole = stopped.compared(Optional.of(stopped.heldWithout()));
        assertThat(FailoverJudgement.of(stopped.facts(), whole).why())
                .startsWith("the drill was stopped before its end");
        assertThat(FailoverJudgement.of(stopped.facts(), whole).exitCode(whole)).isEqualTo(3);
    }

    @Test
    void ambiguousWritesAreToldApartByWhatIsThereInTheEnd() {
        ScriptedDrill drill = new ScriptedDrill(RTO)
                .writes(3, TryOutcome.OK)
                .trigger()
                .writes(2, TryOutcome.AMBIGUOUS)
                .writes(1, TryOutcome.FAILED)
                .writes(1, TryOutcome.OWN_DELAY)
                .ended(End.DEADLINE);
        Comparison compared = drill.compared(Optional.of(new TreeSet<>(List.of(1L, 2L, 3L, 5L, 6L, 99L))));

        assertThat(compared.lost()).isEmpty();
        assertThat(compared.kept()).containsExactly(5L);
        assertThat(compared.gone()).containsExactly(4L, 7L);
        assertThat(compared.unexpected()).containsExactly(6L, 99L);
    }

    @Test
    void rowsThatWereNeverCommittedKeepADrillFromPassing() {
        ScriptedDrill drill = ScriptedDrill.failover(RTO);
        TreeSet<Long> held = new TreeSet<>(drill.heldWithout());
        held.addAll(List.of(22L, 99L));
        Comparison compared = drill.compared(Optional.of(held));
        FailoverJudgement judgement = FailoverJudgement.of(drill.facts(), compared);

        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.UNDECIDED);
        assertThat(judgement.exitCode(compared)).isEqualTo(3);
        assertThat(judgement.why()).endsWith("contradict each other: 2: 22, 99");
        assertThat(DrillMarkdown.of(report(drill, compared).document(), "p.svg"))
                .contains("| there, though never committed | 2: 22, 99 |");
    }

    @Test
    void thatItWasBegunOnAnUnsoundClusterStandsInPlanAndReport() {
        ScriptedDrill drill = new ScriptedDrill(RTO, "standbys that stream: 1; expected: 2")
                .writes(3, TryOutcome.OK)
                .trigger()
                .ended(End.DEADLINE);

        assertThat(ScriptedDrill.planOf(drill).said().text())
                .contains("NOT SOUND: standbys that stream: 1; expected: 2");
        assertThat(DrillMarkdown.of(
                        report(drill, drill.compared(Optional.of(drill.heldWithout())))
                                .document(),
                        "p.svg"))
                .contains("| begun anyway, though | standbys that stream: 1; expected: 2 |");
    }

    @Test
    void thePictureIsAFileThatStandsAloneAndFollowsLightAndDark()
            throws ParserConfigurationException, IOException, SAXException {
        ScriptedDrill drill = ScriptedDrill.failover(RTO);
        String svg = SvgChart.of(
                report(drill, drill.compared(Optional.of(drill.heldWithout()))).chart());

        var parsed =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(parsed.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg).contains("prefers-color-scheme: dark").doesNotContain("href", "<script", "NaN");
    }
}
