package io.statehub.sidecar.assessment;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import io.statehub.sidecar.time.Moment;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster as one thing, put together from what its members say of themselves and of each other.
 *
 * @param members every configured member, in configured order
 * @param systemIdentifier what the cluster is known by: that of the write endpoint, else that of most members
 * @param writeEndpoint the write endpoint's last answer, while it holds
 * @param history where the primary stood when
 * @param runs what each member was when it was seen last, out of sight or not, by name
 * @param reign the primary in view, since it was seen to be that; empty if none is
 * @param silence how long a stream may say nothing before what it told is no longer believed
 * @param primaries the members out of recovery that belong to this cluster, on the highest timeline first
 */
public record ClusterView(
        List<MemberView> members,
        Optional<SystemIdentifier> systemIdentifier,
        Optional<WriteEndpointObservation.Answered> writeEndpoint,
        LsnHistory history,
        Map<String, LastSeen> runs,
        Optional<Reign> reign,
        Silence silence,
        List<MemberView> primaries) {

    /**
     * One primary for as long as it was seen to lead.
     *
     * @param run which run of which server
     * @param since when it was seen first
     */
    public record Reign(ServerIdentity run, Moment since) {}

    /** What a member was when it was seen last. */
    public record LastSeen(ServerIdentity run, MemberRole role) {}

    public ClusterView {
        runs = Map.copyOf(runs);
    }

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
        return of(memberTargets, endpoint, silence, nothing);
    }

    /** Puts the view together. {@code before} is the one so far, whose memory is kept. */
    static ClusterView of(Collection<Target> memberTargets, Target endpoint, Silence silence, ClusterView before) {
        List<MemberView> members =
                underTheirOwnNames(memberTargets.stream().map(MemberView::of).toList(), before.runs());
        var answer = endpoint.fresh(WriteEndpointObservation.Answered.class);
        var known = answer.map(it -> it.identity().systemIdentifier()).or(() -> mostCommon(members));
        Map<String, LastSeen> runs = new HashMap<>(before.runs());
        members.forEach(member -> member.state()
                .ifPresent(state -> runs.put(member.name(), new LastSeen(state.identity(), state.memberRole()))));
        runs.keySet().retainAll(members.stream().map(MemberView::name).toList());
        List<MemberView> primaries = primaries(members, known);
        ClusterView view =
                new ClusterView(members, known, answer, before.history(), runs, Optional.empty(), silence, primaries);
        LsnHistory history = new Lineage(view, before.runs()).next();
        Optional<Reign> reign = view.primary().map(primary -> reignOf(primary, before.reign()));
        return new ClusterView(members, known, answer, history, runs, reign, silence, primaries);
    }

    /** A server that answers under several names is one server, and the other names show nothing of their own. */
    private static List<MemberView> underTheirOwnNames(List<MemberView> answering, Map<String, LastSeen> before) {
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
    private static String owner(ServerIdentity run, List<MemberView> answering, Map<String, LastSeen> before) {
        Optional<String> first = Optional.empty();
        for (MemberView member : answering) {
            if (member.identity().isEmpty() || !member.identity().get().isSameRunAs(run)) {
                continue;
            }
            LastSeen known = before.get(member.name());
            if (known != null && known.run().isSameRunAs(run)) {
                return member.name();
            }
            first = first.isEmpty() ? Optional.of(member.name()) : first;
        }
        return first.orElseThrow();
    }

    private static Reign reignOf(MemberView primary, Optional<Reign> before) {
        ServerIdentity run = primary.identity().orElseThrow();
        return before.filter(reign ->
                        reign.run().isSameRunAs(run) && reign.run().timeline().equals(run.timeline()))
                .orElseGet(() -> new Reign(run, primary.seenAt().orElseThrow()));
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
                .filter(member -> member.isPrimary() && belongs(member, cluster))
                // A primary that doesn't tell its timeline can't be shown to be the younger one, so it comes last.
                .sorted(comparing((MemberView member) ->
                                member.timeline().map(Timeline::number).orElse(0L))
                        .reversed())
                .toList();
    }

    /** The member of this name. */
    public Optional<MemberView> member(String name) {
        for (MemberView member : members) {
            if (member.name().equals(name)) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    /** The member that counts as primary: with several, the one on the highest timeline. */
    public Optional<MemberView> primary() {
        return primaries.isEmpty() ? Optional.empty() : Optional.of(primaries.get(0));
    }

    /** Whether a member is a copy of this cluster, as far as is known. */
    public boolean belongs(MemberView member) {
        return belongs(member, systemIdentifier);
    }

    private static boolean belongs(MemberView member, Optional<SystemIdentifier> cluster) {
        return cluster.isEmpty()
                || member.systemIdentifier().isEmpty()
                || member.systemIdentifier().equals(cluster);
    }

    /** How far its standbys are behind. */
    public StandbyLag lag() {
        return new StandbyLag(this);
    }

    /** Who streams from whom. */
    public WalStreams streams() {
        return new WalStreams(this);
    }

    /** The standbys to which log flows. */
    public List<MemberView> streamingStandbys() {
        return members.stream()
                .filter(member -> member.streaming() && belongs(member))
                .toList();
    }

    /** The member that the write endpoint leads to, in sight or not; empty if that is none of them, or not known. */
    public Optional<String> routedTo() {
        return writeEndpoint.flatMap(answer -> memberOf(answer.identity()));
    }

    /** The member that is this run of a server, or was when it was seen last. */
    Optional<String> memberOf(ServerIdentity run) {
        return members.stream()
                .map(MemberView::name)
                .filter(name -> Optional.ofNullable(runs.get(name))
                        .filter(seen -> run.isSameRunAs(seen.run()))
                        .isPresent())
                .findFirst();
    }

    /**
     * The members that were out of recovery when they were seen last and don't answer now: they may still take writes.
     * One that said that it was being shut down is not among them.
     */
    public List<MemberView> hiddenPrimaries() {
        return members.stream()
                .filter(member -> member.role().isEmpty() && ledWhenSeenLast(member))
                .filter(member -> member.health()
                        .failure()
                        .filter(failure -> failure.kind() == FailureKind.SHUTTING_DOWN)
                        .isEmpty())
                .toList();
    }

    private boolean ledWhenSeenLast(MemberView member) {
        return Optional.ofNullable(runs.get(member.name()))
                .filter(seen -> seen.role() == MemberRole.PRIMARY)
                .filter(seen -> systemIdentifier.isEmpty()
                        || systemIdentifier.get().equals(seen.run().systemIdentifier()))
                .isPresent();
    }

    /**
     * The standby that streams from a primary that is no member, where no primary was ever seen among the members and
     * all of them answer: the cluster follows another one.
     */
    public Optional<MemberView> followsOutside() {
        boolean allFollow = !members.isEmpty()
                && history.isEmpty()
                && members.stream().allMatch(member -> member.standby().isPresent());
        if (!allFollow) {
            return Optional.empty();
        }
        long fedByMembers = members.stream()
                .flatMap(member -> member.state().stream())
                .flatMap(state -> state.walSenders().stream())
                .filter(sender ->
                        sender.acknowledges() && streams().ownerOf(sender).isPresent())
                .count();
        List<MemberView> streaming = streamingStandbys();
        // That members feed each other shows that what they say of senders is whole.
        boolean told = members.size() == 1 || fedByMembers > 0;
        return told && streaming.size() > fedByMembers
                ? streaming.stream()
                        .filter(standby -> streams().senderTo(standby).isEmpty())
                        .findFirst()
                : Optional.empty();
    }
}
