package io.statehub.sidecar.exposure.page;

import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.exposure.metrics.Unit;
import io.statehub.sidecar.failover.Tally;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.ListenerOrder;
import io.statehub.sidecar.snapshot.SnapshotListener;
import io.statehub.sidecar.time.Moment;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The last hour in slots of half a minute: in memory, of this process alone, for the sparklines. */
@Singleton
@Priority(ListenerOrder.MEMORY)
public class RecentHistory implements SnapshotListener {

    static final Duration SLOT = Duration.ofSeconds(30);
    static final int SLOTS = 120;

    private final Deque<Slot> slots = new ArrayDeque<>();
    private @Nullable Moment origin;

    /**
     * Half a minute.
     *
     * @param number counts from the first one; one in which nothing was seen is missing
     * @param worstLag for each standby, the most bytes that it was seen behind; empty if that was never known
     * @param acked heartbeats acknowledged in it
     * @param failed heartbeats certainly not committed
     * @param ambiguous heartbeats of which that is not known
     */
    record Slot(long number, Map<String, OptionalLong> worstLag, long acked, long failed, long ambiguous) {

        Slot plus(Slot other) {
            Map<String, OptionalLong> worst = new HashMap<>(worstLag);
            other.worstLag.forEach((member, lag) -> worst.merge(member, lag, Slot::worse));
            return new Slot(number, worst, acked + other.acked, failed + other.failed, ambiguous + other.ambiguous);
        }

        private static OptionalLong worse(OptionalLong one, OptionalLong other) {
            if (one.isEmpty() || other.isEmpty()) {
                return one.isEmpty() ? other : one;
            }
            return OptionalLong.of(Math.max(one.getAsLong(), other.getAsLong()));
        }
    }

    @Override
    public void published(AgentSnapshot previous, AgentSnapshot current) {
        Tally before = previous.tracking().tally();
        Tally after = current.tracking().tally();
        add(
                current.at(),
                lags(current.assessment().cluster()),
                after.acked() - before.acked(),
                after.failed() - before.failed(),
                after.ambiguous() - before.ambiguous());
    }

    private static Map<String, OptionalLong> lags(ClusterView cluster) {
        Map<String, OptionalLong> lags = new HashMap<>();
        for (MemberView member : cluster.members()) {
            if (member.standby().isPresent()) {
                lags.put(member.name(), lag(member, cluster));
            }
        }
        return lags;
    }

    /** To the primary if that is known, else to the standby's own upstream; empty if it is a figure that can't be. */
    static OptionalLong lag(MemberView standby, ClusterView cluster) {
        OptionalLong toPrimary = cluster.lag().bytesBehindPrimary(standby);
        return toPrimary.isPresent()
                ? toPrimary
                : standby.walReceiver()
                        .map(RoleState.WalReceiver::replayLagBytes)
                        .filter(lag -> Unit.BYTES.allows((double) lag.orElse(-1)))
                        .orElse(OptionalLong.empty());
    }

    synchronized void add(Moment at, Map<String, OptionalLong> lags, long acked, long failed, long ambiguous) {
        Slot seen = new Slot(number(at), lags, acked, failed, ambiguous);
        Slot last = slots.peekLast();
        if (last != null && last.number() >= seen.number()) {
            slots.removeLast();
            slots.addLast(last.plus(seen));
        } else {
            slots.addLast(seen);
        }
        while (slots.getFirst().number() <= slots.getLast().number() - SLOTS) {
            slots.removeFirst();
        }
    }

    /** The number of the slot that a moment falls into. */
    synchronized long number(Moment at) {
        if (origin == null) {
            origin = at;
        }
        return Math.max(0, at.since(origin).dividedBy(SLOT));
    }

    /** The slots in which anything was seen, oldest first. */
    synchronized List<Slot> slots() {
        return List.copyOf(slots);
    }
}
