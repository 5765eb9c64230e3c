package io.statehub.sidecar.failover;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.KubernetesView;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Farewell;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.time.Moment;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps account of every member that was seen out of recovery, until it is seen to be over.
 *
 * <p>Over it is by one of these: it answers as a standby; it said that it was being shut down in order, and nothing
 * listens there since; the kubelet of a node that is ready says that its pod has ended; it is no member any more, which
 * the operator says or somebody has set; or each member that was seen out of recovery answers as another cluster. None
 * of these is enough: silence, a refused connection, a node that is gone, writes that reach another member.
 */
final class PrimaryWatch {

    private final Tracking before;
    private final Assessment assessment;

    PrimaryWatch(Tracking before, Assessment assessment) {
        this.before = before;
        this.assessment = assessment;
    }

    PrimarySights after(Collection<? extends Observation> brought) {
        PrimarySights now = Attempts.tooLate(brought) ? before.primaries().broken() : before.primaries();
        for (Observation observation : brought) {
            now = broken(sign(now, observation), observation);
        }
        now = replaced(now);
        for (MemberView member : members()) {
            now = look(now, member);
        }
        for (Observation observation : brought) {
            now = refused(now, observation);
        }
        return byOthersWord(now).marked();
    }

    private List<MemberView> members() {
        return assessment.cluster().members();
    }

    /** A server that is being shut down says so to whoever has a session or asks for one. */
    private static PrimarySights sign(PrimarySights now, Observation observation) {
        Optional<Farewell> farewell = observation.farewell();
        return farewell.isPresent() ? inSession(now, observation, farewell.get()) : atOwnAddress(now, observation);
    }

    /** What a session was ended with counts for the run that it was with, since its last answer there. */
    private static PrimarySights inSession(PrimarySights now, Observation observation, Farewell farewell) {
        Occurrence sign = Occurrence.between(
                farewell.lastAnswer(),
                observation.at(),
                observation.target().label() + " was told: " + farewell.words());
        return now.memberOf(farewell.run())
                .map(member -> shuttingDown(now, member, sign))
                .orElse(now);
    }

    /**
     * Whoever refuses a new session at a member's own address is the run that was seen there last, if nothing else was
     * heard there since, and it was not seen to be over: then a standby says so. At an address that leads to now this
     * and now that member it may be any of them.
     */
    private static PrimarySights atOwnAddress(PrimarySights now, Observation observation) {
        Optional<Failure> refusal = observation.failure().filter(fault -> fault.kind() == FailureKind.SHUTTING_DOWN);
        boolean known = observation instanceof MemberObservation
                && now.of(observation.target().label())
                        .filter(PrimarySight::unbroken)
                        .filter(PrimarySight::dangerous)
                        .isPresent();
        return refusal.filter(fault -> known)
                .map(fault -> Occurrence.between(
                        Attempts.begun(observation), observation.at(), Attempts.evidence(observation, fault)))
                .map(sign -> shuttingDown(now, observation.target().label(), sign))
                .orElse(now);
    }

    private static PrimarySights shuttingDown(PrimarySights now, String member, Occurrence sign) {
        return now.change(
                member, sight -> sign.latest().isAfter(sight.leader().seenAt()) ? sight.shuttingDown(sign) : sight);
    }

    private static PrimarySights broken(PrimarySights now, Observation observation) {
        return observation instanceof MemberObservation seen
                        && seen.failure()
                                .filter(fault -> fault.kind() != FailureKind.SHUTTING_DOWN)
                                .isPresent()
                ? now.change(seen.member(), PrimarySight::broken)
                : now;
    }

    private PrimarySights look(PrimarySights now, MemberView member) {
        Optional<String> owner = Aliases.owner(member, before);
        if (member.role().isEmpty() || (owner.isPresent() && !member.isPrimary())) {
            return now;
        }
        // Out of recovery is out of recovery, under whatever name it is reached; but then its own name may lead
        // elsewhere, and what is said there next is not of this run.
        return owner.map(name -> seen(now, member.named(name)).change(name, PrimarySight::broken))
                .orElseGet(() -> seen(now, member));
    }

    private PrimarySights seen(PrimarySights now, MemberView member) {
        Moment answered = member.seenAt().orElseThrow();
        Optional<PrimarySight> known = now.of(member.name());
        boolean replaced = known.filter(PrimarySight::dangerous)
                .filter(sight -> !isOfCluster(member, sight.leader()))
                .isPresent();
        if (replaced) {
            return now;
        }
        if (member.isPrimary()) {
            Leader leader = Leader.of(member);
            return now.with(
                    member.name(),
                    known.map(sight -> sight.seen(leader, answered))
                            .orElseGet(() -> PrimarySight.first(leader, answered)));
        }
        Occurrence follows =
                Occurrence.between(member.askedAt().orElseThrow(), answered, member.name() + " answers as a standby");
        return now.change(
                member.name(), sight -> answered.isAfter(sight.leader().seenAt()) ? sight.over(follows) : sight);
    }

    private static boolean isOfCluster(MemberView member, Leader leader) {
        return member.systemIdentifier().equals(Optional.of(leader.identity().systemIdentifier()));
    }

    private static PrimarySights refused(PrimarySights now, Observation observation) {
        if (!(observation instanceof MemberObservation seen)
                || seen.failure()
                        .filter(fault -> fault.kind() == FailureKind.REFUSED)
                        .isEmpty()) {
            return now;
        }
        return now.change(
                seen.member(),
                sight -> sight.shutdownOf(sight.leader().identity())
                        .filter(sign -> !sign.earliest().isAfter(observation.at()))
                        .map(sign -> sight.over(Occurrence.between(
                                sign.earliest(),
                                observation.at(),
                                "was shut down in order (" + sign.evidence() + "), and nothing listens there since")))
                        .orElse(sight));
    }

    private PrimarySights byOthersWord(PrimarySights before) {
        List<String> members = members().stream().map(MemberView::name).toList();
        if (members.isEmpty()) {
            return before;
        }
        PrimarySights now = before.retaining(members);
        for (String member : now.byMember().keySet()) {
            boolean ended = assessment
                    .kubernetes()
                    .filter((KubernetesView kubernetes) -> kubernetes.ended(member))
                    .isPresent();
            if (!members.contains(member)) {
                now = now.change(member, sight -> sight.over(known(member + " is no member any more")));
            } else if (ended) {
                now = now.change(member, sight -> sight.over(known("the pod of " + member + " has ended")));
            }
        }
        return now;
    }

    /** Where all that is left of a cluster is answered for by another one, nothing of it can be written to. */
    private PrimarySights replaced(PrimarySights now) {
        List<PrimarySight> left = now.byMember().values().stream()
                .filter(PrimarySight::dangerous)
                .filter(sight -> members().stream().noneMatch(member -> isOfCluster(member, sight.leader())))
                .toList();
        boolean allAnswer = left.stream()
                .allMatch(sight -> assessment
                        .cluster()
                        .member(sight.leader().member())
                        .flatMap(MemberView::systemIdentifier)
                        .isPresent());
        if (!allAnswer) {
            return now;
        }
        PrimarySights replaced = now;
        for (PrimarySight sight : left) {
            replaced = replaced.change(
                    sight.leader().member(),
                    gone -> gone.over(known("another cluster stands at the members' addresses")));
        }
        return replaced;
    }

    private Occurrence known(String evidence) {
        return Occurrence.exactly(assessment.at(), evidence);
    }
}
