package io.statehub.sidecar.it;

import io.statehub.sidecar.testing.lab.IndependentClient;
import io.statehub.sidecar.testing.lab.IndependentClient.Outage;
import io.statehub.sidecar.testing.lab.LabException;
import io.statehub.sidecar.testing.lab.LabMember;
import io.statehub.sidecar.testing.lab.PostgresLab;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Events at random, one after another, and beside each what a log that knows nothing of the sidecars says of it: which
 * member was promoted, on which timeline, and how long a client could not write. One sidecar sees them all; the other
 * is killed and frozen.
 */
final class SoakRun {

    private static final Logger LOG = Logger.getLogger(SoakRun.class);

    private static final Duration SETTLED = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int LONGEST_PAUSE_MILLIS = 3_000;

    private final PostgresLab lab;
    private final SoakedSidecar undisturbed;
    private final SoakedSidecar disturbed;
    private final Random random;
    private final SoakUsage usage = new SoakUsage();
    private final Map<SoakEvent, Integer> events = new EnumMap<>(SoakEvent.class);
    private final Map<SoakEvent, Map<String, Integer>> outcomes = new EnumMap<>(SoakEvent.class);
    private final List<String> violations = new ArrayList<>();
    private int failovers;

    SoakRun(PostgresLab lab, SoakedSidecar undisturbed, SoakedSidecar disturbed, long seed) {
        this.lab = lab;
        this.undisturbed = undisturbed;
        this.disturbed = disturbed;
        this.random = new Random(seed);
    }

    /** Until that many members have been promoted. */
    void until(int wanted) {
        for (int number = 1; failovers < wanted; number++) {
            one(number, draw());
            usage.add(undisturbed.usage());
        }
        for (SoakedSidecar sidecar : List.of(undisturbed, disturbed)) {
            List<String> before = sidecar.recorded();
            List<String> after = sidecar.readAgain();
            if (!before.equals(after)) {
                violations.add("%s: recorded %s, read from the journal %s".formatted(sidecar.name(), before, after));
            }
        }
    }

    private SoakEvent draw() {
        int all =
                List.of(SoakEvent.values()).stream().mapToInt(SoakEvent::weight).sum();
        int drawn = random.nextInt(all);
        for (SoakEvent event : SoakEvent.values()) {
            drawn -= event.weight();
            if (drawn < 0) {
                return event;
            }
        }
        throw new IllegalStateException("weights don't add up");
    }

    private void one(int number, SoakEvent event) {
        LabMember old = lab.primary();
        List<Outage> outages;
        try (IndependentClient client = IndependentClient.start(lab.writeUrl())) {
            client.awaitAcknowledgement();
            happen(event, old);
            lab.heal();
            client.awaitAcknowledgement();
            outages = client.outages(Duration.ZERO);
        } catch (LabException failure) {
            // Of the lab, not of what it tests: told, since a lab that fails often tests nothing.
            LOG.warnf(failure, "%d %s: the lab failed", number, event);
            violations.add("%d %s: the lab failed: %s".formatted(number, event, failure.getMessage()));
            lab.heal();
            outages = List.of();
        }
        LabMember next = lab.primary();
        failovers += next.equals(old) ? 0 : 1;
        events.merge(event, 1, Integer::sum);
        SoakTruth truth =
                new SoakTruth(event, old.name(), next.name(), next.server().timeline(), outages);
        LOG.infof("%d (%d failovers) %s: %s", number, failovers, event, truth);
        for (SoakedSidecar sidecar : List.of(undisturbed, disturbed)) {
            try {
                compare(number, truth, sidecar);
            } catch (UncheckedIOException | AssertionError noAnswer) {
                // One that ended by itself is the worst of differences; the other continues.
                violations.add("%d %s, %s: %s".formatted(number, truth, sidecar.name(), noAnswer));
                LOG.warnf(noAnswer, "    %s: no answer", sidecar.name());
                sidecar.kill();
                sidecar.start();
            }
        }
    }

    private void compare(int number, SoakTruth truth, SoakedSidecar sidecar) {
        boolean settled = await(() -> sidecar.isStable() && (truth.mayLeaveNoRecord() || sidecar.hasFresh()));
        List<FailoverReport> fresh = sidecar.takeFresh();
        List<String> wrong = new ArrayList<>(truth.differences(fresh, sidecar == disturbed));
        if (!settled) {
            wrong.add("not stable, or without a record, after " + SETTLED);
        }
        String outcome = fresh.isEmpty() ? "none" : fresh.get(0).outcome();
        outcomes.computeIfAbsent(truth.event(), any -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
        LOG.infof("    %s: %s %s", sidecar.name(), SoakTruth.describe(fresh), wrong.isEmpty() ? "" : "WRONG " + wrong);
        if (!wrong.isEmpty()) {
            violations.add("%d %s, %s: %s".formatted(number, truth, sidecar.name(), wrong));
            LOG.info(sidecar.lastWords());
        }
    }

    private boolean await(BooleanSupplier condition) {
        long end = System.nanoTime() + SETTLED.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    private void happen(SoakEvent event, LabMember old) {
        switch (event) {
            case CRASH -> {
                old.server().kill();
                promoteAfterAWhile();
            }
            case CRASH_WHILE_THE_SIDECAR_RESTARTS -> crashWhileItRestarts(old);
            case CRASH_WHILE_THE_SIDECAR_IS_FROZEN -> crashWhileItIsFrozen(old);
            case FREEZE -> {
                old.server().freeze();
                promoteAfterAWhile();
                pause();
                old.server().thaw();
                pause();
            }
            case SWITCHOVER -> lab.switchover(lab.bestStandby().orElseThrow());
            case RESTART -> {
                old.server().stop();
                pause();
                old.server().start();
            }
            case CRASH_IN_PLACE -> {
                old.server().kill();
                pause();
                old.server().start();
            }
            case DROP -> {
                old.proxy().drop();
                lab.writeEndpoint().drop();
                pause();
                old.proxy().pass();
                lab.writeEndpoint().pass();
            }
            case RESET -> {
                lab.members().forEach(member -> member.proxy().resetConnections());
                lab.writeEndpoint().resetConnections();
            }
            case SIDECAR_KILLED -> {
                disturbed.kill();
                pause();
                disturbed.start();
            }
            case SIDECAR_FROZEN -> {
                disturbed.freeze();
                pause();
                pause();
                disturbed.thaw();
            }
        }
    }

    private void crashWhileItRestarts(LabMember old) {
        if (random.nextBoolean()) {
            disturbed.kill();
            old.server().kill();
        } else {
            old.server().kill();
            pause();
            disturbed.kill();
        }
        CompletableFuture<Void> started = CompletableFuture.completedFuture(null);
        if (random.nextBoolean()) {
            started = CompletableFuture.runAsync(disturbed::start);
            promoteAfterAWhile();
        } else {
            promoteAfterAWhile();
            pause();
            disturbed.start();
        }
        started.join();
    }

    private void crashWhileItIsFrozen(LabMember old) {
        boolean before = random.nextBoolean();
        if (before) {
            disturbed.freeze();
        }
        old.server().kill();
        pause();
        if (!before) {
            disturbed.freeze();
        }
        promoteAfterAWhile();
        pause();
        disturbed.thaw();
    }

    private void promoteAfterAWhile() {
        pause();
        lab.failover(lab.bestStandby().orElseThrow());
    }

    /** When things happen beside the rounds of a sidecar is what a soak is about. */
    private void pause() {
        LockSupport.parkNanos(
                Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)).toNanos());
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    SoakUsage usage() {
        return usage;
    }

    String summary() {
        return "%d failovers in %d events, %d differences; events %s; outcomes recorded %s; %s"
                .formatted(
                        failovers,
                        events.values().stream().mapToInt(Integer::intValue).sum(),
                        violations.size(),
                        events,
                        outcomes,
                        usage.summary());
    }
}
