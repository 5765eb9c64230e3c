package io.statehub.sidecar.gate;

import io.statehub.sidecar.evidence.EvidenceItem;
import io.statehub.sidecar.evidence.EvidenceKind;
import io.statehub.sidecar.evidence.EvidenceProblem;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.observation.SystemIdentifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Judges evidence. Of each kind the newest counts: a drill that failed since is not made good by one before it. */
public final class RetirementGate {

    /** The detail of an approval that names the evidence it is bound to. */
    public static final String COVERS = "covers";

    /** The detail of access that names the machine. */
    public static final String MACHINE = "machine";

    /** One of each must be there: what it is, and the command that files it. */
    private static final Map<EvidenceKind, String> ASKED_FOR = new TreeMap<>(Map.of(
            EvidenceKind.READINESS_REPORT, "report readiness --evidence DIR",
            EvidenceKind.FAILOVER_DRILL, "drill failover",
            EvidenceKind.API_DRILL, "drill api",
            EvidenceKind.RESTORE_DRILL, "drill restore run --evidence DIR"));

    private final List<EvidenceItem> items;
    private final List<EvidenceProblem> problems;
    private final Optional<SystemIdentifier> cluster;
    private final GateRules rules;
    private final Instant now;

    /**
     * Judges nothing yet.
     *
     * @param items all that can be read
     * @param problems all that is wrong with the store: any closes the gate
     * @param cluster the cluster that is to take over; that of the newest readiness report if empty
     */
    public RetirementGate(
            List<EvidenceItem> items,
            List<EvidenceProblem> problems,
            Optional<SystemIdentifier> cluster,
            GateRules rules,
            Instant now) {
        this.items = items.stream()
                .sorted(Comparator.comparing(EvidenceItem::at).thenComparing(EvidenceItem::digest))
                .toList();
        this.problems = List.copyOf(problems);
        this.cluster = cluster.or(
                () -> newest(EvidenceKind.READINESS_REPORT, item -> true).flatMap(EvidenceItem::systemIdentifier));
        this.rules = rules;
        this.now = now;
    }

    /** The cluster that the evidence must be about. */
    public Optional<SystemIdentifier> cluster() {
        return cluster;
    }

    /** Everything but the approval. */
    public List<Requirement> evidence() {
        List<Requirement> all = new ArrayList<>();
        problems.forEach(problem -> all.add(new Requirement(
                "evidence as it was filed", Optional.empty(), Optional.of(problem.item() + ": " + problem.what()))));
        ASKED_FOR.forEach((kind, command) -> all.add(judged(kind.label(), kind, item -> true, command)));
        if (rules.machines().isEmpty()) {
            all.add(new Requirement(
                    EvidenceKind.ACCESS.label(), Optional.empty(), Optional.of("no machine is named (--machines)")));
        }
        for (String machine : rules.machines()) {
            all.add(judged(
                    "access from " + machine,
                    EvidenceKind.ACCESS,
                    item -> machine.equals(item.details().get(MACHINE)),
                    "verify access --evidence DIR --machine " + machine));
        }
        return all;
    }

    private Requirement judged(String what, EvidenceKind kind, Predicate<EvidenceItem> about, String filedBy) {
        Optional<EvidenceItem> ours = newest(kind, about.and(this::ofThisCluster));
        Optional<EvidenceItem> newest = ours.or(() -> newest(kind, about));
        return new Requirement(what, newest, missing(newest, filedBy));
    }

    private Optional<EvidenceItem> newest(EvidenceKind kind, Predicate<EvidenceItem> about) {
        return items.stream()
                .filter(item -> item.kind() == kind && about.test(item))
                .reduce((earlier, later) -> later);
    }

    private boolean ofThisCluster(EvidenceItem item) {
        return cluster.isPresent() && item.systemIdentifier().equals(cluster);
    }

    private Optional<String> missing(Optional<EvidenceItem> newest, String filedBy) {
        if (newest.isEmpty()) {
            return Optional.of("there is none (" + filedBy + ")");
        }
        EvidenceItem item = newest.get();
        if (!ofThisCluster(item)) {
            return Optional.of("it is of the cluster "
                    + item.systemIdentifier().map(SystemIdentifier::toString).orElse("unknown") + "; this is "
                    + cluster.map(SystemIdentifier::toString).orElse("unknown"));
        }
        if (item.verdict() != EvidenceVerdict.PASSED) {
            return Optional.of("it is " + item.verdict().label() + ": " + item.summary());
        }
        return old(item);
    }

    private Optional<String> old(EvidenceItem item) {
        Duration age = Duration.between(item.at(), now);
        Duration allowed = rules.age(item.kind());
        if (age.isNegative()) {
            return Optional.of("it is dated in the future: " + item.at());
        }
        return age.compareTo(allowed) > 0
                ? Optional.of("it is " + age.toHours() + " hours old; allowed are " + allowed.toHours())
                : Optional.empty();
    }

    /** What an approval must be bound to: exactly this evidence. Empty while any is missing. */
    public Optional<String> toApprove() {
        List<Requirement> evidence = evidence();
        boolean whole = evidence.stream().allMatch(each -> each.missing().isEmpty());
        return whole
                ? Optional.of(evidence.stream()
                        .flatMap(each -> each.evidence().stream())
                        .map(EvidenceItem::digest)
                        .sorted()
                        .collect(Collectors.joining(",")))
                : Optional.empty();
    }

    /**
     * The approval of that evidence.
     *
     * @param digest of {@link #toApprove}, as approvals have it
     */
    public Requirement approval(Optional<String> digest) {
        Optional<EvidenceItem> newest = newest(EvidenceKind.APPROVAL, item -> true);
        String what = "approval of this evidence";
        if (newest.isEmpty()) {
            return new Requirement(what, newest, Optional.of("there is none (gate approve)"));
        }
        if (digest.isEmpty()) {
            return new Requirement(what, newest, Optional.of("evidence is missing, so there is nothing to approve"));
        }
        if (!digest.equals(Optional.ofNullable(newest.get().details().get(COVERS)))) {
            return new Requirement(what, newest, Optional.of("it is of other evidence, which has changed since"));
        }
        Optional<String> wrong =
                ofThisCluster(newest.get()) ? old(newest.get()) : Optional.of("it is of another cluster");
        return new Requirement(what, newest, wrong);
    }
}
