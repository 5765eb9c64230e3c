package io.statehub.sidecar.headline;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.failover.Leader;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Standing;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.time.Moment;
import java.util.Optional;

/** What headlines are told from, and the words that several of them need. */
record HeadlineFacts(Assessment assessment, Tracking tracking, Objectives objectives) {

    Moment now() {
        return assessment.at();
    }

    static Optional<Headline> told(HeadlineKind kind, String text, Moment since) {
        return Optional.of(new Headline(kind, text, Optional.of(since)));
    }

    /** How a member appears, such as {@code refuses connections}. */
    String sight(String member) {
        return cluster()
                .member(member)
                .map(view -> view.role().isPresent()
                        ? "is no primary any more"
                        : view.health()
                                .failure()
                                .map(failure -> FailureWords.of(failure.kind()))
                                .orElse("is out of sight"))
                .orElse("is no member any more");
    }

    Optional<Finding> found(FindingKind kind) {
        return assessment.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst();
    }

    Optional<Finding> worstOf(Scope scope) {
        return assessment.findings(scope).stream()
                .filter(finding -> finding.kind().impact() == assessment.status(scope))
                .findFirst();
    }

    Standing standing() {
        return tracking.state().standing();
    }

    ClusterView cluster() {
        return assessment.cluster();
    }

    /** The name of the member that leads, as far as is known. */
    String leader() {
        return tracking.state().leader().map(Leader::member).orElse("a member");
    }

    String clock(Moment since) {
        return Figures.clock(now().since(since));
    }
}
