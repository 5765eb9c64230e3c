package io.statehub.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.kubernetes.LeaseState;
import io.statehub.sidecar.observation.kubernetes.Watched;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.kubernetes.FailingApiServer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SparingLockTest {

    private static final Duration DURATION = Duration.ofSeconds(30);
    private static final Failure BROKEN = new Failure(FailureKind.RESET, "by the script");

    private final ManualClock clock = new ManualClock();
    private final FailingApiServer nobody = new FailingApiServer();
    private final KubernetesClient client = nobody.client();
    private final ScriptedLease lease = new ScriptedLease();
    private Watched<LeaseState> watch = new Watched.Pending<>(clock.now());
    private final SparingLock lock = new SparingLock(lease, () -> watch, DURATION, clock);

    /**
     * A lease that counts what it is asked, and takes no write but on the version that was read last, as the real one.
     */
    private static final class ScriptedLease implements Lock {

        private @Nullable LeaderElectionRecord held;
        private int version;
        private int readVersion;
        private boolean failing;
        private int requests;

        private void request() {
            requests++;
            if (failing) {
                throw new KubernetesClientException("by the script");
            }
        }

        @Override
        public @Nullable LeaderElectionRecord get(KubernetesClient client) {
            request();
            readVersion = version;
            return held;
        }

        @Override
        public void create(KubernetesClient client, LeaderElectionRecord record) {
            request();
            held = record;
            readVersion = ++version;
        }

        @Override
        public void update(KubernetesClient client, LeaderElectionRecord record) {
            request();
            if (readVersion != version) {
                throw new KubernetesClientException("the object has been modified", 409, null);
            }
            held = record;
            version++;
        }

        /** Somebody else writes it. */
        private void taken(LeaderElectionRecord record) {
            held = record;
            version++;
        }

        @Override
        public String identity() {
            return "me";
        }

        @Override
        public String describe() {
            return "scripted";
        }
    }

    @AfterEach
    void end() {
        client.close();
        nobody.close();
    }

    private LeaderElectionRecord record(String holder) {
        var now = clock.now().wallClock().atZone(ZoneOffset.UTC);
        return new LeaderElectionRecord(holder, DURATION, now, now, 0);
    }

    /** The watch is in step, and shows that this one has just renewed it. */
    private void watchShows(String holder) {
        LeaseState seen = new LeaseState(
                "lease", Optional.of(holder), Optional.of(clock.now().wallClock()), Optional.of(DURATION));
        watch = new Watched.Current<>(List.of(seen), List.of());
    }

    @Test
    void theHolderRenewsEachThirdOfTheLease() {
        lock.create(client, record("me"));
        for (int look = 0; look < 60; look++) {
            clock.advance(Duration.ofMillis(500));
            lock.get(client);
            lock.update(client, record("me"));
        }

        // Three renewals in 30 s, each asked for and written, and the creation.
        assertThat(lease.requests).isEqualTo(7);
        assertThat(lock.holder()).contains("me");
    }

    @Test
    void whoStandsByReadsItsWatchAndAsksNobody() {
        watchShows("other");
        for (int look = 0; look < 60; look++) {
            clock.advance(Duration.ofMillis(500));
            assertThat(lock.get(client)).isNotNull();
        }

        assertThat(lease.requests).isZero();
        assertThat(lock.holder()).contains("other");
    }

    @Test
    void aLeaseThatHasRunOutInTheWatchIsAskedForAtOnce() {
        watchShows("other");
        lease.held = record("other");
        clock.advance(DURATION.plusMillis(1));
        lock.get(client);

        assertThat(lease.requests).isEqualTo(1);
    }

    @Test
    void withoutAWatchItIsAskedForNoMoreOftenThanTheHolderRenews() {
        for (int look = 0; look < 58; look++) {
            lease.held = record("other");
            lock.get(client);
            clock.advance(Duration.ofMillis(500));
        }

        assertThat(lease.requests).isEqualTo(3);
    }

    @Test
    void afterAFaultItIsLeftAloneForAThirdOfTheLease() {
        lease.failing = true;
        for (int look = 0; look < 40; look++) {
            assertThatThrownBy(() -> lock.get(client)).isInstanceOf(KubernetesClientException.class);
            clock.advance(Duration.ofMillis(500));
        }

        assertThat(lease.requests).isEqualTo(2);
        assertThat(lock.failure()).isPresent();
    }

    @Test
    void aFaultThatIsOverIsForgottenAlsoByWhoOnlyReadsItsWatch() {
        lease.failing = true;
        assertThatThrownBy(() -> lock.get(client)).isInstanceOf(KubernetesClientException.class);
        assertThat(lock.failingSince()).isPresent();

        watchShows("other");
        lock.get(client);

        assertThat(lock.failingSince()).isEmpty();
        assertThat(lock.failure()).isEmpty();
    }

    @Test
    void aLeaseThatWasRenewedSinceItWasReadIsGivenBack() {
        lock.create(client, record("me"));
        clock.advance(DURATION.dividedBy(2));
        lock.get(client);
        lock.update(client, record("me"));

        lock.update(client, record(""));

        assertThat(lease.held)
                .extracting(LeaderElectionRecord::getHolderIdentity)
                .isEqualTo("");
        assertThat(lock.holder()).contains("");
        assertThat(lock.failure()).isEmpty();
    }

    @Test
    void aLeaseThatAnotherOneHasTakenMeanwhileIsLeftToIt() {
        lock.create(client, record("me"));
        lease.taken(record("other"));

        lock.update(client, record(""));

        assertThat(lease.held)
                .extracting(LeaderElectionRecord::getHolderIdentity)
                .isEqualTo("other");
        assertThat(lock.holder()).contains("other");
    }

    @Test
    void aWatchThatIsBrokenShowsNothing() {
        watchShows("other");
        watch = new Watched.Lost<>((Watched.Current<LeaseState>) watch, clock.now(), BROKEN);
        lock.get(client);

        assertThat(lease.requests).isEqualTo(1);
        assertThat(lock.holder()).isEmpty();
    }
}
