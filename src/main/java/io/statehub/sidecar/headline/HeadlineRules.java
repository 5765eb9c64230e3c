package io.statehub.sidecar.headline;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Tracking;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Tries one headline after the other, in the order of {@link HeadlineKind}. */
final class HeadlineRules {

    private final HeadlineFacts facts;
    private final FailoverHeadlines failover;
    private final FindingHeadlines findings;

    HeadlineRules(Assessment assessment, Tracking tracking, Objectives objectives) {
        this.facts = new HeadlineFacts(assessment, tracking, objectives);
        this.failover = new FailoverHeadlines(facts);
        this.findings = new FindingHeadlines(facts);
    }

    Headline headline() {
        return Stream.<Supplier<Optional<Headline>>>of(
                        failover::splitBrain,
                        findings::writesMisrouted,
                        failover::noPrimary,
                        failover::writesNotBack,
                        failover::writesOut,
                        findings::apiOut,
                        () -> findings.worst(Status.DOWN, HeadlineKind.BROKEN, ""),
                        () -> findings.unknown(Scope.DATABASE, HeadlineKind.WRITES_UNKNOWN, "whether writes work"),
                        () -> findings.unknown(Scope.API, HeadlineKind.API_UNKNOWN, "whether the API works"),
                        () -> findings.worst(Status.UNKNOWN, HeadlineKind.PARTLY_UNKNOWN, "Unknown: "),
                        this::notObserved,
                        failover::primarySuspect,
                        failover::notRedundantYet,
                        findings::notRedundant,
                        findings::apiNotReady,
                        () -> findings.worst(Status.DEGRADED, HeadlineKind.FAULTY, ""))
                .flatMap(rule -> rule.get().stream())
                .findFirst()
                .orElseGet(this::sound);
    }

    private Optional<Headline> notObserved() {
        return facts.assessment().verdict() == Status.UNKNOWN
                ? Optional.of(new Headline(
                        HeadlineKind.NOT_OBSERVED, "Not everything has been observed yet", Optional.empty()))
                : Optional.empty();
    }

    private Headline sound() {
        List<MemberView> streaming = facts.cluster().streamingStandbys();
        String standbys = streaming.size() == 1 ? "1 standby streams" : streaming.size() + " standbys stream";
        return new Headline(
                HeadlineKind.SOUND,
                facts.cluster()
                        .primary()
                        .map(primary -> "All is well: " + primary.name() + " leads, " + standbys)
                        .orElse("All is well"),
                Optional.empty());
    }
}
