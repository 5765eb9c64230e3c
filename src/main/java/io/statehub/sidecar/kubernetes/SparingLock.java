package io.statehub.sidecar.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.kubernetes.LeaseState;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lease of an elector that asks often, at the price of asking seldom. Whoever holds it renews it each third of its
 * duration; the others read it from their watch, and ask only when it has run out there. So a sidecar can look twice a
 * second, take over at once, and still cost the API server a few requests a minute.
 *
 * <p>The elector calls it on one thread at a time. Whoever asks who leads never waits for one of its requests:
 * heartbeats and probes continue while the API server is silent.
 */
final class SparingLock implements Lock {

    private static final int RENEWALS = 3;

    private final Lock lease;
    private final Supplier<Watched<LeaseState>> watch;
    private final TimeSource time;
    private final Duration pause;
    private @Nullable LeaderElectionRecord mine;
    private @Nullable Moment written;
    private @Nullable Moment faulted;
    private @Nullable LeaderElectionRecord last;
    private @Nullable Moment lastAsked;
    private volatile @Nullable String holder;
    private volatile @Nullable RuntimeException fault;
    private volatile @Nullable Moment failingSince;

    /**
     * Wraps a lease.
     *
     * @param watch what the watch of that lease knows
     * @param duration for how long the lease holds after a renewal
     */
    SparingLock(Lock lease, Supplier<Watched<LeaseState>> watch, Duration duration, TimeSource time) {
        this.lease = lease;
        this.watch = watch;
        this.time = time;
        this.pause = duration.dividedBy(RENEWALS);
    }

    @Override
    public @Nullable LeaderElectionRecord get(KubernetesClient client) {
        if (renewedLately()) {
            return mine;
        }
        Optional<LeaderElectionRecord> others = heldByAnother();
        if (others.isPresent()) {
            holder = others.get().getHolderIdentity();
            answered();
            return others.get();
        }
        leaveAlone();
        LeaderElectionRecord known = askedLately();
        if (known != null) {
            return known;
        }
        LeaderElectionRecord record = asked(() -> lease.get(client));
        holder = record == null ? null : record.getHolderIdentity();
        last = record;
        lastAsked = time.now();
        return record;
    }

    /** Without a watch that is in step, what was asked last holds for the pause, unless it has run out since. */
    private @Nullable LeaderElectionRecord askedLately() {
        LeaderElectionRecord record = last;
        if (record == null || lastAsked == null || record.getHolderIdentity() == null) {
            return null;
        }
        Moment now = time.now();
        boolean young = now.since(lastAsked).compareTo(pause) < 0;
        Instant end = record.getRenewTime().toInstant().plus(record.getLeaseDuration());
        boolean anothers = !record.getHolderIdentity().equals(identity());
        return young && anothers && !now.wallClock().isAfter(end) ? record : null;
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord record) {
        asked(() -> {
            lease.create(client, record);
            return record;
        });
        wrote(record);
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord record) {
        boolean renewal = identity().equals(record.getHolderIdentity());
        if (renewal && renewedLately()) {
            return;
        }
        if (!renewal && takenByAnother(client)) {
            return;
        }
        asked(() -> {
            lease.update(client, record);
            return record;
        });
        wrote(record);
    }

    /**
     * Before it is given back it is read once more: the renewal has changed it since it was read last, and only a write
     * on the newest version is accepted.
     */
    private boolean takenByAnother(KubernetesClient client) {
        LeaderElectionRecord now = asked(() -> lease.get(client));
        mine = null;
        holder = now == null ? null : now.getHolderIdentity();
        return now == null || !identity().equals(now.getHolderIdentity());
    }

    private void wrote(LeaderElectionRecord record) {
        holder = record.getHolderIdentity();
        mine = identity().equals(holder) ? record : null;
        written = time.now();
    }

    private boolean renewedLately() {
        return mine != null && written != null && time.now().since(written).compareTo(pause) < 0;
    }

    /** What the watch shows, if by that another one holds the lease still. */
    private Optional<LeaderElectionRecord> heldByAnother() {
        if (!(watch.get() instanceof Watched.Current<LeaseState> current)) {
            return Optional.empty();
        }
        Instant now = time.now().wallClock();
        return current.objects().stream()
                .filter(seen ->
                        seen.holder().filter(name -> !name.equals(identity())).isPresent())
                .filter(seen -> seen.renewed().isPresent() && seen.duration().isPresent())
                .filter(seen -> !now.isAfter(
                        seen.renewed().orElseThrow().plus(seen.duration().orElseThrow())))
                .findFirst()
                .map(seen -> new LeaderElectionRecord(
                        seen.holder().orElseThrow(),
                        seen.duration().orElseThrow(),
                        seen.renewed().orElseThrow().atZone(ZoneOffset.UTC),
                        seen.renewed().orElseThrow().atZone(ZoneOffset.UTC),
                        0));
    }

    /** After a fault it is that fault again, with no request, until the pause is over. */
    private void leaveAlone() {
        RuntimeException before = fault;
        if (before != null && faulted != null && time.now().since(faulted).compareTo(pause) < 0) {
            throw before;
        }
    }

    /** A watch that is in step and shows a lease that runs is as good as an answer. */
    private void answered() {
        fault = null;
        faulted = null;
        failingSince = null;
    }

    private <T extends @Nullable Object> T asked(Supplier<T> request) {
        try {
            T answer = request.get();
            answered();
            return answer;
        } catch (RuntimeException e) {
            fault = e;
            faulted = time.now();
            // A renewal that failed may have been taken over from: the next look must ask.
            mine = null;
            if (failingSince == null) {
                failingSince = faulted;
            }
            throw e;
        }
    }

    /** Who was last seen to hold the lease; empty if nobody, or if that was never learnt. */
    Optional<String> holder() {
        return Optional.ofNullable(holder);
    }

    /** Since when the API server gives no answer. */
    Optional<Moment> failingSince() {
        return Optional.ofNullable(failingSince);
    }

    /** Why the API server gives no answer. */
    Optional<Failure> failure() {
        return Optional.ofNullable(fault).map(thrown -> ApiServerFaults.classify(thrown, describe()));
    }

    @Override
    public String identity() {
        return lease.identity();
    }

    @Override
    public String describe() {
        return "lease for leading";
    }
}
