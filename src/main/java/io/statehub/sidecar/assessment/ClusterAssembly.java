package io.statehub.sidecar.assessment;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the view of the cluster together from what each target shows. */
final class ClusterAssembly {

    private ClusterAssembly() {}

    /** Before anything was seen. */
    static ClusterView unobserved(Collection<Target> memberTargets, Target endpoint, Silence silence) {
        ClusterView nothing = new ClusterView(
                List.of(),
                Optional.empty(),
                Optional.empty(),
                LsnHistory.empty(),
                Map.of(),
                Optional.empty(),
                silence,
                List.of());
        return next(memberTargets, endpoint, silence, nothing);
    }

    /** Puts the view together. {@code before} is the one so far, whose memory is kept. */
    static ClusterView next(Collection<Target> memberTargets, Target endpoint, Silence silence, ClusterView before) {
        List<MemberView> members =
                underTheirOwnNames(memberTargets.stream().map(MemberView::of).toList(), before.runs());
        var answer = endpoint.fresh(WriteEndpointObservation.Answered.class);
        var known = answer.map(it -> it.identity().systemIdentifier()).or(() -> mostCommon(members));
        Map<String, ClusterView.LastSeen> runs = new HashMap<>(before.runs());
        members.forEach(member -> member.state()
                .ifPresent(state ->
                        runs.put(member.name(), new ClusterView.LastSeen(state.identity(), state.memberRole()))));
        runs.keySet().retainAll(members.stream().map(MemberView::name).toList());
        List<MemberView> primaries = primaries(members, known);
        ClusterView view =
                new ClusterView(members, known, answer, before.history(), runs, Optional.empty(), silence, primaries);
        LsnHistory history = new Lineage(view, before.runs()).next();
        Optional<ClusterView.Reign> reign = view.primary().map(primary -> reignOf(primary, before.reign()));
        return new ClusterView(members, known, answer, history, runs, reign, silence, primaries);
    }

    /** A server that answers under several names is one server, and the other names show nothing of their own. */
    private static List<MemberView> underTheirOwnNames(
            List<MemberView> answering, Map<String, ClusterView.LastSeen> before) {
        return answering.stream()
                .map(member -> member.identity()
                        .map(run -> owner(run, answering, before))
                        .filter(owner -> !owner.equals(member.name()))
                        .map(member::leadingTo)
                        .orElse(member))
                .toList();
    }

    /**
     * Of all names that lead to this run of a server now, the one under which it was known before, or the first. Each
     * member is held against all others in each round: without streams, which would allocate for each pair.
     */
    private static String owner(
            ServerIdentity run, List<MemberView> answering, Map<String, ClusterView.LastSeen> before) {
        Optional<String> first = Optional.empty();
        for (MemberView member : answering) {
            if (member.identity().isEmpty() || !member.identity().get().isSameRunAs(run)) {
                continue;
            }
            ClusterView.LastSeen known = before.get(member.name());
            if (known != null && known.run().isSameRunAs(run)) {
                return member.name();
            }
            first = first.isEmpty() ? Optional.of(member.name()) : first;
        }
        return first.orElseThrow();
    }

    private static ClusterView.Reign reignOf(MemberView primary, Optional<ClusterView.Reign> before) {
        ServerIdentity run = primary.identity().orElseThrow();
        return before.filter(reign ->
                        reign.run().isSameRunAs(run) && reign.run().timeline().equals(run.timeline()))
                .orElseGet(() -> new ClusterView.Reign(run, primary.seenAt().orElseThrow()));
    }

    private static Optional<SystemIdentifier> mostCommon(List<MemberView> members) {
        List<Map.Entry<SystemIdentifier, Long>> counts = members.stream()
                .flatMap(member -> member.systemIdentifier().stream())
                .collect(groupingBy(identifier -> identifier, counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<SystemIdentifier, Long>comparingByValue().reversed())
                .toList();
        // With a tie, none is wrong until more is known.
        boolean tie = counts.size() > 1
                && counts.get(0).getValue().equals(counts.get(1).getValue());
        return counts.isEmpty() || tie
                ? Optional.empty()
                : Optional.of(counts.get(0).getKey());
    }

    private static List<MemberView> primaries(List<MemberView> members, Optional<SystemIdentifier> cluster) {
        return members.stream()
                .filter(member -> member.isPrimary() && ClusterView.belongs(member, cluster))
                // A primary that doesn't tell its timeline can't be shown to be the younger one, so it comes last.
                .sorted(comparing((MemberView member) ->
                                member.timeline().map(Timeline::number).orElse(0L))
                        .reversed())
                .toList();
    }
}
