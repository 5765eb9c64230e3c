package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.WalSender;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What would be lost if the primary were lost now and its most advanced standby took over: as of the last look at the
 * primary, before anything fails.
 *
 * <p>It can't see sessions that don't wait for a standby ({@code synchronous_commit} {@code off} or {@code local}),
 * nor, at {@code remote_write}, that a standby may lose what it has not flushed; nor whether a standby is fit to be
 * promoted, or the one that will be promoted is the most advanced. That commits should wait for a standby and none
 * streams, so that they hang rather than are at risk, looks as if nobody waited: it is {@link #unprotected}.
 *
 * @param synchronous whether commits wait for a standby that streams, so that none that is acknowledged is at risk
 * @param unprotected whether no standby streams from the primary, so that all since its last archived segment is at
 *     risk
 * @param bytes log at risk: 0 if synchronous, else what the most advanced standby has not flushed; empty if not known
 * @param time age of the oldest commit at risk; empty if no standby streams
 * @param tailBytes if synchronous, log that the slowest of the standbys waited for has not flushed: no commit in it is
 *     acknowledged, but those of sessions that don't wait
 * @param sinceArchived age of the last archived segment, by the server's clock; empty without archiving
 */
public record RpoExposure(
        boolean synchronous,
        boolean unprotected,
        OptionalLong bytes,
        Optional<Staleness> time,
        OptionalLong tailBytes,
        Optional<Duration> sinceArchived) {

    private static final Staleness NONE = new Staleness(Duration.ZERO, Optional.of(Duration.ZERO));

    /**
     * Empty unless a primary is in view that lets us see its replication statistics, and also if its only standby may
     * be behind a sender of which it isn't known whose it is.
     */
    public static Optional<RpoExposure> of(ClusterView cluster) {
        return cluster.primary()
                .filter(MemberView::statisticsVisible)
                .filter(primary -> !cluster.streams().standbysOf(primary).isEmpty()
                        || !cluster.streams().mayHaveMoreStandbys(primary))
                .map(primary -> of(primary, cluster));
    }

    private static RpoExposure of(MemberView primary, ClusterView cluster) {
        List<WalSender> streaming = cluster.streams().standbysOf(primary);
        List<WalSender> waitedFor =
                streaming.stream().filter(WalSender::synchronous).toList();
        Optional<Duration> archived =
                primary.primary().flatMap(RoleState.Primary::archiver).flatMap(RoleState.Archiver::sinceLastArchived);
        if (!waitedFor.isEmpty()) {
            return new RpoExposure(true, false, OptionalLong.of(0), Optional.of(NONE), slowest(waitedFor), archived);
        }
        OptionalLong bytes = mostAdvanced(streaming);
        Optional<Staleness> time = streaming.isEmpty()
                ? Optional.empty()
                : Optional.of(new Staleness(atLeast(streaming, cluster), atMost(bytes, primary, cluster)));
        return new RpoExposure(false, streaming.isEmpty(), bytes, time, OptionalLong.empty(), archived);
    }

    /** One that doesn't tell may be further than all others; what those lack is then still enough to be safe. */
    private static OptionalLong mostAdvanced(Collection<WalSender> streaming) {
        return streaming.stream()
                .flatMapToLong(sender -> sender.flushBytes().stream())
                .map(bytes -> Math.max(0, bytes))
                .min();
    }

    private static OptionalLong slowest(Collection<WalSender> waitedFor) {
        boolean allTell =
                waitedFor.stream().allMatch(sender -> sender.flushBytes().isPresent());
        return allTell
                ? waitedFor.stream()
                        .mapToLong(sender -> Math.max(0, sender.flushBytes().orElseThrow()))
                        .max()
                : OptionalLong.empty();
    }

    /**
     * What is flushed is told a little after where the primary writes, and counts from where it wrote by then: the
     * flushed position lies at or beyond the one that is reckoned here, which is good for an upper bound alone.
     */
    private static Optional<Duration> atMost(OptionalLong bytes, MemberView primary, ClusterView cluster) {
        return bytes.isPresent() ? cluster.lag().sinceWritten(primary, bytes.getAsLong()) : Optional.empty();
    }

    /** By the standbys' own accounts; one that is not in view may have everything. */
    private static Duration atLeast(Collection<WalSender> streaming, ClusterView cluster) {
        return streaming.stream()
                .map(sender -> cluster.streams()
                        .ownerOf(sender)
                        .flatMap(cluster.lag()::receivedStaleness)
                        .map(Staleness::atLeast)
                        .orElse(Duration.ZERO))
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
