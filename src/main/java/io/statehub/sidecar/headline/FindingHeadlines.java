package io.statehub.sidecar.headline;

import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.assessment.Status;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Headlines that are told from a finding. */
final class FindingHeadlines {

    private final HeadlineFacts facts;

    FindingHeadlines(HeadlineFacts facts) {
        this.facts = facts;
    }

    Optional<Headline> writesMisrouted() {
        return facts.found(FindingKind.WRITE_ENDPOINT_MISROUTED)
                .flatMap(finding -> HeadlineFacts.told(
                        HeadlineKind.WRITES_MISROUTED,
                        "Writes will be lost, for " + facts.clock(finding.since()) + ": the write endpoint "
                                + finding.measured() + "; allowed: " + finding.allowed(),
                        finding.since()));
    }

    Optional<Headline> apiOut() {
        if (facts.assessment().status(Scope.API) != Status.DOWN) {
            return Optional.empty();
        }
        return facts.worstOf(Scope.API)
                .flatMap(finding -> HeadlineFacts.told(
                        HeadlineKind.API_OUT,
                        "API out for " + facts.clock(finding.since()) + ": " + finding.measured(),
                        finding.since()));
    }

    Optional<Headline> unknown(Scope scope, HeadlineKind kind, String what) {
        if (facts.assessment().status(scope) != Status.UNKNOWN) {
            return Optional.empty();
        }
        return facts.worstOf(scope)
                .flatMap(finding -> HeadlineFacts.told(
                        kind,
                        "Unknown for " + facts.clock(finding.since()) + " " + what + ": " + finding.measured(),
                        finding.since()));
    }

    Optional<Headline> notRedundant() {
        return facts.found(FindingKind.NOT_REDUNDANT)
                .flatMap(finding -> HeadlineFacts.told(
                        HeadlineKind.NOT_REDUNDANT,
                        "No standby streams for " + facts.clock(finding.since())
                                + facts.cluster()
                                        .primary()
                                        .map(primary -> ": the loss of " + primary.name() + " would lose data")
                                        .orElse(""),
                        finding.since()));
    }

    Optional<Headline> apiNotReady() {
        return facts.found(FindingKind.API_NOT_READY)
                .flatMap(finding -> HeadlineFacts.told(
                        HeadlineKind.API_NOT_READY,
                        "API not ready for " + facts.clock(finding.since()) + ": " + finding.measured(),
                        finding.since()));
    }

    /** Whatever else stands with this impact and follows from nothing: one by name, and how much more there is. */
    Optional<Headline> worst(Status impact, HeadlineKind kind, String prefix) {
        List<Finding> all = facts.assessment().findings().stream()
                .filter(finding -> finding.kind().impact() == impact)
                .toList();
        List<Finding> causes = all.stream()
                .filter(finding ->
                        Consequences.rootOf(finding, facts.assessment()).isEmpty())
                .toList();
        List<Finding> found = causes.isEmpty() ? all : causes;
        return found.stream().findFirst().flatMap(first -> {
            String more = found.size() == 1 ? "" : " (and " + (found.size() - 1) + " more)";
            String title = prefix.isEmpty()
                    ? first.kind().title()
                    : inMidst(first.kind().title());
            String text = prefix + title + " for " + facts.clock(first.since()) + ": " + told(first) + more;
            return HeadlineFacts.told(kind, text, first.since());
        });
    }

    /** What the title doesn't say yet. */
    private static String told(Finding finding) {
        String about = finding.isAboutTheOnlyOne() ? "" : finding.subject() + ": ";
        String allowed = finding.kind().needsItsBound() ? "; allowed: " + finding.allowed() : "";
        return about + finding.measured() + allowed;
    }

    /** Without a capital letter, unless it is an abbreviation's. */
    private static String inMidst(String title) {
        return Character.isUpperCase(title.charAt(1))
                ? title
                : title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }
}
