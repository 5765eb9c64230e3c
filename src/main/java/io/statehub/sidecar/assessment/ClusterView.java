package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import io.statehub.sidecar.time.Moment;
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

    /** Whether a member is a copy of the cluster of this identifier, as far as is known. */
    static boolean belongs(MemberView member, Optional<SystemIdentifier> cluster) {
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
