package io.statehub.sidecar.headline;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.failover.FailoverState;
import io.statehub.sidecar.failover.Leader;
import io.statehub.sidecar.failover.Objectives;
import io.statehub.sidecar.failover.Outage;
import io.statehub.sidecar.failover.Service;
import io.statehub.sidecar.failover.Standing;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.time.Moment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Tries one headline after the other, in the order of {@link HeadlineKind}. */
final class HeadlineRules {

    private final Assessment assessment;
    private final Tracking tracking;
    private final Objectives objectives;
    private final Moment now;

    HeadlineRules(Assessment assessment, Tracking tracking, Objectives objectives) {
        this.assessment = assessment;
        this.tracking = tracking;
        this.objectives = objectives;
        this.now = assessment.at();
    }

    Headline headline() {
        return Stream.<Supplier<Optional<Headline>>>of(
                        this::splitBrain,
                        this::writesMisrouted,
                        this::noPrimary,
                        this::writesNotBack,
                        this::writesOut,
                        this::apiOut,
                        () -> worst(Status.DOWN, HeadlineKind.BROKEN, ""),
                        () -> unknown(Scope.DATABASE, HeadlineKind.WRITES_UNKNOWN, "whether writes work"),
                        () -> unknown(Scope.API, HeadlineKind.API_UNKNOWN, "whether the API works"),
                        () -> worst(Status.UNKNOWN, HeadlineKind.PARTLY_UNKNOWN, "Unknown: "),
                        this::notObserved,
                        this::primarySuspect,
                        this::notRedundantYet,
                        this::notRedundant,
                        this::apiNotReady,
                        () -> worst(Status.DEGRADED, HeadlineKind.FAULTY, ""))
                .flatMap(rule -> rule.get().stream())
                .findFirst()
                .orElseGet(this::sound);
    }

    private Optional<Headline> splitBrain() {
        Optional<Finding> found = found(FindingKind.TWO_PRIMARIES);
        if (standing() != Standing.SPLIT_BRAIN && found.isEmpty()) {
            return Optional.empty();
        }
        TreeSet<String> names = new TreeSet<>(
                tracking.state().leader().stream().map(Leader::member).toList());
        tracking.state()
                .incident()
                .ifPresent(incident -> names.add(incident.oldPrimary().member()));
        cluster().primaries().forEach(primary -> names.add(primary.name()));
        Moment since = found.map(Finding::since)
                .or(() -> tracking.state().incident().map(incident -> incident.noticed()))
                .orElse(now);
        return told(
                HeadlineKind.SPLIT_BRAIN,
                "Split brain for " + clock(since) + ": " + String.join(" and ", names)
                        + (cluster().primaries().size() > 1
                                ? " are out of recovery at once"
                                : " were out of recovery at once, and it was not seen to end"),
                since);
    }

    private Optional<Headline> writesMisrouted() {
        return found(FindingKind.WRITE_ENDPOINT_MISROUTED)
                .flatMap(finding -> told(
                        HeadlineKind.WRITES_MISROUTED,
                        "Writes will be lost, for " + clock(finding.since()) + ": the write endpoint "
                                + finding.measured() + "; allowed: " + finding.allowed(),
                        finding.since()));
    }

    private Optional<Headline> noPrimary() {
        Optional<Finding> found = found(FindingKind.NO_PRIMARY);
        if (standing() != Standing.FAILING_OVER && found.isEmpty()) {
            return Optional.empty();
        }
        String lost = tracking.state()
                .leader()
                .map(leader -> "primary " + leader.member() + " " + sight(leader.member()))
                .orElse("no primary was seen yet");
        return out(HeadlineKind.NO_PRIMARY, "No primary", found, lost + ", nobody has taken over");
    }

    private Optional<Headline> writesNotBack() {
        FailoverState state = tracking.state();
        return switch (standing()) {
            case PROMOTED ->
                out(
                        HeadlineKind.WRITES_NOT_BACK,
                        "Writes not back",
                        Optional.empty(),
                        leader(state) + " has taken over"
                                + state.incident()
                                        .map(incident -> incident.oldPrimary().member())
                                        .filter(old -> !old.equals(leader(state)))
                                        .map(old -> " from " + old)
                                        .orElse("")
                                + ", no write has reached it yet");
            case PRIMARY_RETURNED ->
                out(
                        HeadlineKind.WRITES_NOT_BACK,
                        "Writes not back",
                        Optional.empty(),
                        leader(state) + " leads again, no write has worked since");
            case UNKNOWN, STABLE, PRIMARY_SUSPECT, FAILING_OVER, ROUTED, SPLIT_BRAIN -> Optional.empty();
        };
    }

    private Optional<Headline> writesOut() {
        if (assessment.status(Scope.DATABASE) != Status.DOWN) {
            return Optional.empty();
        }
        Optional<Finding> cause = worstOf(Scope.DATABASE);
        return out(
                HeadlineKind.WRITES_OUT,
                "Writes out",
                cause,
                cause.map(Finding::measured).orElse("cause unknown"));
    }

    private Optional<Headline> apiOut() {
        if (assessment.status(Scope.API) != Status.DOWN) {
            return Optional.empty();
        }
        return worstOf(Scope.API)
                .flatMap(finding -> told(
                        HeadlineKind.API_OUT,
                        "API out for " + clock(finding.since()) + ": " + finding.measured(),
                        finding.since()));
    }

    private Optional<Headline> unknown(Scope scope, HeadlineKind kind, String what) {
        if (assessment.status(scope) != Status.UNKNOWN) {
            return Optional.empty();
        }
        return worstOf(scope)
                .flatMap(finding -> told(
                        kind,
                        "Unknown for " + clock(finding.since()) + " " + what + ": " + finding.measured(),
                        finding.since()));
    }

    private Optional<Headline> notObserved() {
        return assessment.verdict() == Status.UNKNOWN
                ? Optional.of(new Headline(
                        HeadlineKind.NOT_OBSERVED, "Not everything has been observed yet", Optional.empty()))
                : Optional.empty();
    }

    private Optional<Headline> primarySuspect() {
        return standing() == Standing.PRIMARY_SUSPECT
                ? tracking.state()
                        .incident()
                        .flatMap(incident -> told(
                                HeadlineKind.PRIMARY_SUSPECT,
                                "Primary " + incident.oldPrimary().member() + " "
                                        + sight(incident.oldPrimary().member()) + ", noticed "
                                        + clock(incident.noticed()) + " ago; this may pass",
                                incident.noticed()))
                : Optional.empty();
    }

    private Optional<Headline> notRedundantYet() {
        return standing() == Standing.ROUTED
                ? tracking.state()
                        .incident()
                        .flatMap(incident -> told(
                                HeadlineKind.NOT_REDUNDANT_YET,
                                "Writes are back: " + leader(tracking.state()) + " has taken over, "
                                        + cluster().streamingStandbys().size() + " of "
                                        + incident.redundancyBefore() + " standbys stream",
                                incident.noticed()))
                : Optional.empty();
    }

    private Optional<Headline> notRedundant() {
        return found(FindingKind.NOT_REDUNDANT)
                .flatMap(finding -> told(
                        HeadlineKind.NOT_REDUNDANT,
                        "No standby streams for " + clock(finding.since())
                                + cluster()
                                        .primary()
                                        .map(primary -> ": the loss of " + primary.name() + " would lose data")
                                        .orElse(""),
                        finding.since()));
    }

    private Optional<Headline> apiNotReady() {
        return found(FindingKind.API_NOT_READY)
                .flatMap(finding -> told(
                        HeadlineKind.API_NOT_READY,
                        "API not ready for " + clock(finding.since()) + ": " + finding.measured(),
                        finding.since()));
    }

    /** Whatever else stands with this impact and follows from nothing: one by name, and how much more there is. */
    private Optional<Headline> worst(Status impact, HeadlineKind kind, String prefix) {
        List<Finding> all = assessment.findings().stream()
                .filter(finding -> finding.kind().impact() == impact)
                .toList();
        List<Finding> causes = all.stream()
                .filter(finding -> Consequences.rootOf(finding, assessment).isEmpty())
                .toList();
        List<Finding> found = causes.isEmpty() ? all : causes;
        return found.stream().findFirst().flatMap(first -> {
            String more = found.size() == 1 ? "" : " (and " + (found.size() - 1) + " more)";
            String title = prefix.isEmpty()
                    ? first.kind().title()
                    : inMidst(first.kind().title());
            String text = prefix + title + " for " + clock(first.since()) + ": " + told(first) + more;
            return told(kind, text, first.since());
        });
    }

    private Headline sound() {
        List<MemberView> streaming = cluster().streamingStandbys();
        String standbys = streaming.size() == 1 ? "1 standby streams" : streaming.size() + " standbys stream";
        return new Headline(
                HeadlineKind.SOUND,
                cluster()
                        .primary()
                        .map(primary -> "All is well: " + primary.name() + " leads, " + standbys)
                        .orElse("All is well"),
                Optional.empty());
    }

    /** What is out, for how long beside what is allowed, and why. */
    private Optional<Headline> out(HeadlineKind kind, String otherwise, Optional<Finding> found, String cause) {
        Optional<Moment> writesOut = tracking.service(Service.WRITE).open().map(Outage::firstBad);
        Moment since = writesOut
                .or(() -> found.map(Finding::since))
                .or(() -> tracking.state().incident().map(incident -> incident.noticed()))
                .orElse(now);
        String what = writesOut.isPresent() ? "Writes out" : otherwise;
        return told(
                kind,
                what + " for " + clock(since) + " (allowed " + Figures.clock(objectives.rto()) + "): " + cause,
                since);
    }

    /** What the title doesn't say yet. */
    private static String told(Finding finding) {
        String about = finding.isAboutTheOnlyOne() ? "" : finding.subject() + ": ";
        String allowed = finding.kind().needsItsBound() ? "; allowed: " + finding.allowed() : "";
        return about + finding.measured() + allowed;
    }

    private static Optional<Headline> told(HeadlineKind kind, String text, Moment since) {
        return Optional.of(new Headline(kind, text, Optional.of(since)));
    }

    /** How a member appears, such as {@code refuses connections}. */
    private String sight(String member) {
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

    private Optional<Finding> found(FindingKind kind) {
        return assessment.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst();
    }

    private Optional<Finding> worstOf(Scope scope) {
        return assessment.findings(scope).stream()
                .filter(finding -> finding.kind().impact() == assessment.status(scope))
                .findFirst();
    }

    private Standing standing() {
        return tracking.state().standing();
    }

    private ClusterView cluster() {
        return assessment.cluster();
    }

    private static String leader(FailoverState state) {
        return state.leader().map(Leader::member).orElse("a member");
    }

    private String clock(Moment since) {
        return Figures.clock(now.since(since));
    }

    /** Without a capital letter, unless it is an abbreviation's. */
    private static String inMidst(String title) {
        return Character.isUpperCase(title.charAt(1))
                ? title
                : title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }
}
