package io.statehub.sidecar.assessment;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.observation.WalSender;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The cluster as one thing, put together from what its members say of themselves and of each other.
 *
 * @param members every configured member, in configured order
 * @param systemIdentifier what the cluster is known by: that of the write endpoint, else that of most members
 * @param writeEndpoint the write endpoint's last answer, while it holds
 * @param history where the primary stood when
 */
public record ClusterView(
        List<MemberView> members,
        Optional<SystemIdentifier> systemIdentifier,
        Optional<WriteEndpointObservation.Answered> writeEndpoint,
        LsnHistory history) {

    /** Puts the view together. {@code before} is the history so far, to which the primary's position is added. */
    static ClusterView of(Collection<Target> memberTargets, Target endpoint, LsnHistory before) {
        List<MemberView> members = memberTargets.stream().map(MemberView::of).toList();
        var answer = endpoint.fresh(WriteEndpointObservation.Answered.class);
        var known = answer.map(it -> it.identity().systemIdentifier()).or(() -> mostCommon(members));
        ClusterView view = new ClusterView(members, known, answer, before);
        return new ClusterView(members, known, answer, view.historyWithPrimary());
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

    private LsnHistory historyWithPrimary() {
        return primary().map(this::historyWith).orElse(history);
    }

    private LsnHistory historyWith(MemberView primary) {
        ServerIdentity identity = primary.identity().orElseThrow();
        return identity.timeline().isPresent() && identity.position().isPresent()
                ? history.seen(
                        identity.systemIdentifier(),
                        identity.timeline().get(),
                        identity.position().get(),
                        primary.askedAt().orElseThrow(),
                        primary.seenAt().orElseThrow())
                : history;
    }

    /** The members out of recovery that belong to this cluster, on the highest timeline first. */
    public List<MemberView> primaries() {
        return members.stream()
                .filter(member -> member.isPrimary() && belongs(member))
                // A primary that doesn't tell its timeline can't be shown to be the younger one, so it comes last.
                .sorted(comparing((MemberView member) ->
                                member.timeline().map(Timeline::number).orElse(0L))
                        .reversed())
                .toList();
    }

    /** The member of this name. */
    public Optional<MemberView> member(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }

    /** The member that counts as primary: with several, the one on the highest timeline. */
    public Optional<MemberView> primary() {
        return primaries().stream().findFirst();
    }

    /** Whether a member is a copy of this cluster, as far as is known. */
    public boolean belongs(MemberView member) {
        return systemIdentifier.isEmpty()
                || member.systemIdentifier().isEmpty()
                || member.systemIdentifier().equals(systemIdentifier);
    }

    /** The standbys to which log flows. */
    public List<MemberView> streamingStandbys() {
        return members.stream()
                .filter(member -> member.streaming() && belongs(member))
                .toList();
    }

    /** The member that the write endpoint leads to; empty if that is none of them, or not known. */
    public Optional<String> routedTo() {
        return writeEndpoint.flatMap(answer -> members.stream()
                .filter(member ->
                        member.identity().filter(answer.identity()::isSameRunAs).isPresent())
                .map(MemberView::name)
                .findFirst());
    }

    /** How the upstream of a standby sees it, joined by {@code application_name}; empty if no member streams to it. */
    public Optional<WalSender> senderTo(MemberView standby) {
        Stream<WalSender> senders = members.stream()
                .flatMap(member -> member.state().stream())
                .flatMap(state -> state.walSenders().stream());
        return senders.filter(sender -> sender.applicationName().equals(standby.name()))
                .findFirst();
    }

    /**
     * Log that the primary has written and a standby has not replayed, along however many upstreams.
     *
     * @return empty unless both are in view on the same timeline of the same cluster
     */
    public OptionalLong bytesBehindPrimary(MemberView standby) {
        Optional<Lsn> replayed = standby.replayPosition();
        Optional<Lsn> written = primary()
                .filter(primary -> standby.timeline().isPresent()
                        && primary.timeline().equals(standby.timeline())
                        && primary.systemIdentifier().equals(standby.systemIdentifier()))
                .flatMap(MemberView::identity)
                .flatMap(ServerIdentity::position);
        // A standby that was asked after the primary may be ahead of what the primary said: it then misses nothing.
        return replayed.isPresent() && written.isPresent()
                ? OptionalLong.of(Math.max(0, written.get().bytesSince(replayed.get())))
                : OptionalLong.empty();
    }

    /** How old the newest data of a standby is; empty unless it follows the history of a primary that was seen. */
    public Optional<Staleness> staleness(MemberView standby) {
        if (standby.replayPosition().isEmpty() || standby.timeline().isEmpty()) {
            return Optional.empty();
        }
        return history.staleness(
                standby.systemIdentifier().orElseThrow(),
                standby.timeline().get(),
                standby.replayPosition().get(),
                standby.askedAt().orElseThrow(),
                standby.seenAt().orElseThrow());
    }

    /**
     * How old the newest data is that a standby has received, replayed or not: what it would bring to a promotion.
     *
     * @return empty unless it follows the history of a primary that was seen
     */
    Optional<Staleness> receivedStaleness(MemberView standby) {
        Optional<Lsn> received = standby.identity().flatMap(ServerIdentity::position);
        if (received.isEmpty() || standby.timeline().isEmpty()) {
            return Optional.empty();
        }
        return history.staleness(
                standby.systemIdentifier().orElseThrow(),
                standby.timeline().get(),
                received.get(),
                standby.askedAt().orElseThrow(),
                standby.seenAt().orElseThrow());
    }

    /**
     * How long before a look at a primary its log had ended so many bytes before where that look found it, at most.
     *
     * @return empty if that is longer ago than is remembered, or the primary doesn't tell where it writes
     */
    Optional<Duration> sinceWritten(MemberView primary, long bytesBefore) {
        Optional<Lsn> position = primary.identity()
                .flatMap(ServerIdentity::position)
                .filter(here -> Long.compareUnsigned(here.position(), bytesBefore) >= 0);
        if (position.isEmpty() || primary.timeline().isEmpty()) {
            return Optional.empty();
        }
        return history.staleness(
                        primary.systemIdentifier().orElseThrow(),
                        primary.timeline().get(),
                        new Lsn(position.get().position() - bytesBefore),
                        primary.askedAt().orElseThrow(),
                        primary.seenAt().orElseThrow())
                .flatMap(Staleness::atMost);
    }
}
