package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** How far standbys are behind, in bytes of log and in time: of whom that isn't known, nothing is said. */
public record StandbyLag(ClusterView cluster) {

    /**
     * Log that exists upstream of a standby and is not replayed there.
     *
     * @return empty unless it streams and has heard from its upstream lately: a frozen upstream writes on unheard of
     */
    public OptionalLong toUpstream(MemberView standby) {
        return silent(standby)
                ? OptionalLong.empty()
                : standby.walReceiver()
                        .map(RoleState.WalReceiver::replayLagBytes)
                        .orElse(OptionalLong.empty());
    }

    /** Whether a standby's stream says less than an idle one would. */
    boolean silent(MemberView standby) {
        boolean expected =
                cluster.primary().isPresent() || cluster.followsOutside().isPresent();
        Duration allowed =
                expected ? cluster.silence().idle() : cluster.silence().unseen();
        return standby.walReceiver()
                .flatMap(RoleState.WalReceiver::silence)
                .filter(heardNothing -> heardNothing.compareTo(allowed) > 0)
                .isPresent();
    }

    /** The lower bound of a standby's staleness; empty if it would be 0 for want of anybody who tells. */
    public Optional<Duration> stalenessAtLeast(MemberView standby) {
        return staleness(standby).map(Staleness::atLeast).filter(age -> !age.isZero() || !silent(standby));
    }

    /**
     * Log that the primary has written and a standby has not replayed, along however many upstreams.
     *
     * @return empty unless both are in view on the same timeline of the same cluster
     */
    public OptionalLong bytesBehindPrimary(MemberView standby) {
        return bytesFromPrimary(standby, standby.replayPosition());
    }

    /** The same of what a standby has not received; empty likewise. */
    OptionalLong bytesNotReceived(MemberView standby) {
        return bytesFromPrimary(standby, standby.identity().flatMap(ServerIdentity::position));
    }

    private OptionalLong bytesFromPrimary(MemberView standby, Optional<Lsn> reached) {
        Optional<Lsn> written = cluster.primary()
                .flatMap(MemberView::identity)
                .filter(primary -> cluster.history().isOf(primary) && isOnHistory(standby))
                .flatMap(ServerIdentity::position);
        if (reached.isEmpty() || written.isEmpty()) {
            return OptionalLong.empty();
        }
        // A standby that was asked after the primary may be ahead of what the primary said: it then misses nothing.
        boolean ahead = reached.get().compareTo(written.get()) > 0;
        long bytes = ahead ? 0 : written.get().bytesSince(reached.get());
        // Half of all the log that there can be is no distance between two servers.
        return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    /** Whether a standby is known to be on the history that the primary writes, or wrote when it was seen last. */
    public boolean isOnHistory(MemberView standby) {
        return cluster.history().followers().contains(standby.name())
                && standby.identity().filter(cluster.history()::isNumbered).isPresent();
    }

    /** How old the newest data of a standby is; empty unless it follows the history of a primary that was seen. */
    public Optional<Staleness> staleness(MemberView standby) {
        return ageOf(standby, standby.replayPosition());
    }

    /**
     * How old the newest data is that a standby has received, replayed or not: what it would bring to a promotion.
     *
     * @return empty unless it follows the history of a primary that was seen
     */
    Optional<Staleness> receivedStaleness(MemberView standby) {
        return ageOf(standby, standby.identity().flatMap(ServerIdentity::position));
    }

    private Optional<Staleness> ageOf(MemberView standby, Optional<Lsn> reached) {
        return reached.filter(position -> isOnHistory(standby))
                .flatMap(position -> cluster.history()
                        .staleness(
                                position,
                                standby.askedAt().orElseThrow(),
                                standby.seenAt().orElseThrow()));
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
        if (position.isEmpty()
                || primary.identity().filter(cluster.history()::isOf).isEmpty()) {
            return Optional.empty();
        }
        return cluster.history()
                .staleness(
                        new Lsn(position.get().position() - bytesBefore),
                        primary.askedAt().orElseThrow(),
                        primary.seenAt().orElseThrow())
                .flatMap(Staleness::atMost);
    }
}
