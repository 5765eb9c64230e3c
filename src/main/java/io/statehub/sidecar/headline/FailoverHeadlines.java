package io.statehub.sidecar.headline;

import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.failover.FailoverState;
import io.statehub.sidecar.failover.Leader;
import io.statehub.sidecar.failover.Outage;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.failover.Standing;
import io.statehub.sidecar.time.Moment;
import java.util.Optional;
import java.util.TreeSet;

/** Headlines on the primary and on the writes, told from where the failover stands. */
final class FailoverHeadlines {

    private final HeadlineFacts facts;

    FailoverHeadlines(HeadlineFacts facts) {
        this.facts = facts;
    }

    Optional<Headline> splitBrain() {
        Optional<Finding> found = facts.found(FindingKind.TWO_PRIMARIES);
        if (facts.standing() != Standing.SPLIT_BRAIN && found.isEmpty()) {
            return Optional.empty();
        }
        TreeSet<String> names = new TreeSet<>(
                facts.tracking().state().leader().stream().map(Leader::member).toList());
        facts.tracking()
                .state()
                .incident()
                .ifPresent(incident -> names.add(incident.oldPrimary().member()));
        facts.cluster().primaries().forEach(primary -> names.add(primary.name()));
        Moment since = found.map(Finding::since)
                .or(() -> facts.tracking().state().incident().map(incident -> incident.noticed()))
                .orElse(facts.now());
        return HeadlineFacts.told(
                HeadlineKind.SPLIT_BRAIN,
                "Split brain for " + facts.clock(since) + ": " + String.join(" and ", names)
                        + (facts.cluster().primaries().size() > 1
                                ? " are out of recovery at once"
                                : " were out of recovery at once, and it was not seen to end"),
                since);
    }

    Optional<Headline> noPrimary() {
        Optional<Finding> found = facts.found(FindingKind.NO_PRIMARY);
        if (facts.standing() != Standing.FAILING_OVER && found.isEmpty()) {
            return Optional.empty();
        }
        String lost = facts.tracking()
                .state()
                .leader()
                .map(leader -> "primary " + leader.member() + " " + facts.sight(leader.member()))
                .orElse("no primary was seen yet");
        return out(HeadlineKind.NO_PRIMARY, "No primary", found, lost + ", nobody has taken over");
    }

    Optional<Headline> writesNotBack() {
        FailoverState state = facts.tracking().state();
        return switch (facts.standing()) {
            case PROMOTED ->
                out(
                        HeadlineKind.WRITES_NOT_BACK,
                        "Writes not back",
                        Optional.empty(),
                        facts.leader() + " has taken over"
                                + state.incident()
                                        .map(incident -> incident.oldPrimary().member())
                                        .filter(old -> !old.equals(facts.leader()))
                                        .map(old -> " from " + old)
                                        .orElse("")
                                + ", no write has reached it yet");
            case PRIMARY_RETURNED ->
                out(
                        HeadlineKind.WRITES_NOT_BACK,
                        "Writes not back",
                        Optional.empty(),
                        facts.leader() + " leads again, no write has worked since");
            case UNKNOWN, STABLE, PRIMARY_SUSPECT, FAILING_OVER, ROUTED, SPLIT_BRAIN -> Optional.empty();
        };
    }

    Optional<Headline> writesOut() {
        if (facts.assessment().status(Scope.DATABASE) != Status.DOWN) {
            return Optional.empty();
        }
        Optional<Finding> cause = facts.worstOf(Scope.DATABASE);
        return out(
                HeadlineKind.WRITES_OUT,
                "Writes out",
                cause,
                cause.map(Finding::measured).orElse("cause unknown"));
    }

    Optional<Headline> primarySuspect() {
        return facts.standing() == Standing.PRIMARY_SUSPECT
                ? facts.tracking()
                        .state()
                        .incident()
                        .flatMap(incident -> HeadlineFacts.told(
                                HeadlineKind.PRIMARY_SUSPECT,
                                "Primary " + incident.oldPrimary().member() + " "
                                        + facts.sight(incident.oldPrimary().member()) + ", noticed "
                                        + facts.clock(incident.noticed()) + " ago; this may pass",
                                incident.noticed()))
                : Optional.empty();
    }

    Optional<Headline> notRedundantYet() {
        return facts.standing() == Standing.ROUTED
                ? facts.tracking()
                        .state()
                        .incident()
                        .flatMap(incident -> HeadlineFacts.told(
                                HeadlineKind.NOT_REDUNDANT_YET,
                                "Writes are back: " + facts.leader() + " has taken over, "
                                        + facts.cluster().streamingStandbys().size() + " of "
                                        + incident.redundancyBefore() + " standbys stream",
                                incident.noticed()))
                : Optional.empty();
    }

    /** What is out, for how long beside what is allowed, and why. */
    private Optional<Headline> out(HeadlineKind kind, String otherwise, Optional<Finding> found, String cause) {
        Optional<Moment> writesOut =
                facts.tracking().service(Service.WRITE).open().map(Outage::firstBad);
        Moment since = writesOut
                .or(() -> found.map(Finding::since))
                .or(() -> facts.tracking().state().incident().map(incident -> incident.noticed()))
                .orElse(facts.now());
        String what = writesOut.isPresent() ? "Writes out" : otherwise;
        return HeadlineFacts.told(
                kind,
                what + " for " + facts.clock(since) + " (allowed "
                        + Figures.clock(facts.objectives().rto()) + "): " + cause,
                since);
    }
}
