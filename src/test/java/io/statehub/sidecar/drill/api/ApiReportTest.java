package io.statehub.sidecar.drill.api;

import static io.statehub.sidecar.drill.GoldenReports.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.drill.ledger.LedgerRecord.End;
import io.statehub.sidecar.drill.ledger.LedgerRecord.TryOutcome;
import io.statehub.sidecar.drill.ledger.Track;
import io.statehub.sidecar.drill.report.DrillJson;
import io.statehub.sidecar.drill.report.DrillMarkdown;
import io.statehub.sidecar.drill.report.SvgChart;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.failover.Objectives.Compliance;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What API drills come to, and their reports against golden files.
 */
class ApiReportTest {

    private static final Duration ALLOWED = Duration.ofSeconds(30);

    private static void golden(String name, ScriptedApiDrill drill) throws IOException {
        ApiReport report = new ApiReport(drill.facts(), ApiJudgement.of(drill.facts()));
        assertGolden(name + ".md", DrillMarkdown.of(report.document(), "picture.svg"));
        assertGolden(name + ".json", DrillJson.of(report.document(), report.figures()));
        assertGolden(name + ".svg", SvgChart.of(report.chart()));
    }

    private static ApiJudgement judged(ScriptedApiDrill drill) {
        return ApiJudgement.of(drill.facts());
    }

    @Test
    void aDeploymentThatIsWholeInTimePasses() throws IOException {
        ScriptedApiDrill drill = ScriptedApiDrill.replaced(ALLOWED);
        ApiJudgement judgement = judged(drill);

        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.PASSED);
        assertThat(judgement.exitCode()).isZero();
        assertThat(judgement.why())
                .isEqualTo("whole again after 1.90 to 2.01 s (allowed: 30.00 s), 6 of 140 requests failed");
        golden("api-passed", drill);
    }

    @Test
    void oneThatTakesLongerFailsThoughThePathsAnsweredInTime() throws IOException {
        ScriptedApiDrill drill = ScriptedApiDrill.replaced(Duration.ofSeconds(1));
        ApiJudgement judgement = judged(drill);

        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.FAILED);
        assertThat(judgement.objective()).isEqualTo(Compliance.MISSED);
        assertThat(judgement.exitCode()).isEqualTo(1);
        golden("api-failed", drill);
    }

    @Test
    void whatIsAllowedBetweenTheBoundsIsUndecided() {
        ApiJudgement judgement = judged(ScriptedApiDrill.replaced(Duration.ofMillis(1950)));

        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.UNDECIDED);
        assertThat(judgement.exitCode()).isEqualTo(3);
    }

    @Test
    void anApiThatNeverComesBackFails() {
        ApiJudgement judgement = judged(new ScriptedApiDrill(Duration.ofSeconds(1), false)
                .rounds(20, TryOutcome.OK)
                .trigger()
                .rounds(20, TryOutcome.FAILED)
                .ended(End.DEADLINE));

        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.FAILED);
        assertThat(judgement.why())
                .isEqualTo("not whole again after at least 1.90 s (allowed: 1.00 s), 40 of 40 requests failed");
        assertThat(judgement.recovery().upper()).isEmpty();
    }

    @Test
    void aDrillInWhichNoPodWasLostProvesNothing() {
        ApiJudgement watched = judged(new ScriptedApiDrill(ALLOWED, true)
                .rounds(20, TryOutcome.OK)
                .trigger()
                .rounds(50, TryOutcome.OK)
                .ended(End.DEADLINE));
        assertThat(watched.verdict()).isEqualTo(EvidenceVerdict.UNDECIDED);
        assertThat(watched.why()).isEqualTo("no pod of the Deployment was lost or restarted");

        ApiJudgement alone = judged(new ScriptedApiDrill(ALLOWED, false)
                .rounds(20, TryOutcome.OK)
                .trigger()
                .rounds(50, TryOutcome.OK)
                .ended(End.DEADLINE));
        assertThat(alone.verdict()).isEqualTo(EvidenceVerdict.UNDECIDED);
        assertThat(alone.why()).startsWith("no request failed, and Kubernetes was not asked");
    }

    @Test
    void aPodThatIsReplacedBetweenTwoLooksCountsUpToTheLookThatSawIt() {
        ApiJudgement judgement = judged(new ScriptedApiDrill(ALLOWED, true)
                .rounds(20, TryOutcome.OK)
                .trigger()
                .rounds(3, TryOutcome.OK)
                .happened(ApiFacts.PODS_CHANGED, "pod state-hub-a (u1) was restarted in place")
                .rounds(50, TryOutcome.OK)
                .ended(End.WHOLE));

        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.PASSED);
        assertThat(judgement.recovery().upper()).contains(Duration.ofMillis(300));
    }

    @Test
    void aHandOnTheDeploymentLeavesItUndecided() {
        ApiJudgement judgement = judged(new ScriptedApiDrill(ALLOWED, true)
                .rounds(20, TryOutcome.OK)
                .trigger()
                .rounds(3, TryOutcome.FAILED)
                .happened(ApiFacts.HAND, "generation 3 is 4 now")
                .rounds(50, TryOutcome.OK)
                .ended(End.WHOLE));

        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.UNDECIDED);
        assertThat(judgement.why()).isEqualTo("somebody changed the Deployment meanwhile: generation 3 is 4 now");
    }

    @Test
    void whileNobodyTellsOfTheDeploymentItIsNotWhole() {
        ApiJudgement judgement = judged(new ScriptedApiDrill(ALLOWED, true)
                .rounds(20, TryOutcome.OK)
                .trigger()
                .rounds(3, TryOutcome.FAILED)
                .rounds(50, TryOutcome.OK, TryOutcome.OWN_DELAY)
                .ended(End.DEADLINE));

        assertThat(judgement.recovery().upper()).isEmpty();
        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.UNDECIDED);
    }

    @Test
    void whatTheDrillItselfDelayedIsNoFailureOfTheApi() {
        ScriptedApiDrill drill = new ScriptedApiDrill(ALLOWED, false)
                .rounds(20, TryOutcome.OK)
                .trigger()
                .rounds(5, TryOutcome.OWN_DELAY)
                .rounds(50, TryOutcome.OK)
                .ended(End.DEADLINE);

        assertThat(drill.facts().count(Track.API_LIVENESS, TryOutcome.FAILED)).isZero();
        assertThat(judged(drill).verdict()).isEqualTo(EvidenceVerdict.UNDECIDED);
    }

    @Test
    void whatFailedBeforeTheTriggerAndStillDoesIsNotForgotten() {
        ApiJudgement judgement = judged(new ScriptedApiDrill(Duration.ofSeconds(1), false)
                .rounds(20, TryOutcome.FAILED)
                .trigger()
                .rounds(30, TryOutcome.FAILED)
                .ended(End.DEADLINE));

        assertThat(judgement.verdict()).isEqualTo(EvidenceVerdict.FAILED);
    }

    @Test
    void aDrillThatWasStoppedOrKilledIsIncomplete() {
        ScriptedApiDrill killed =
                new ScriptedApiDrill(ALLOWED, true).rounds(20, TryOutcome.OK).trigger();
        assertThat(judged(killed).verdict()).isEqualTo(EvidenceVerdict.INCOMPLETE);
        assertThat(judged(killed).why()).startsWith("the drill was broken off before its end");

        ScriptedApiDrill stopped = new ScriptedApiDrill(ALLOWED, true)
                .rounds(20, TryOutcome.OK)
                .trigger()
                .rounds(3, TryOutcome.FAILED)
                .ended(End.INTERRUPTED);
        assertThat(judged(stopped).why()).startsWith("the drill was stopped before its end");
        assertThat(judged(stopped).exitCode()).isEqualTo(3);
    }

    @Test
    void thePlanSaysWhatIsAskedAndWhatIsNot() {
        assertThat(new ScriptedApiDrill(ALLOWED, false).plan().said().text())
                .contains("Deployment: Kubernetes is not asked", "trigger: command: kill 4711");
    }
}
