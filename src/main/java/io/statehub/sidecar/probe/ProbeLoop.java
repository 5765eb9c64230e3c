package io.statehub.sidecar.probe;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks a group of probes together, round after round.
 *
 * <p>Every round brings exactly one observation for each probe, at its deadline at the latest: a probe that is not back
 * by then counts as timed out and its late answer is dropped. A probe that is still out when the next round begins is
 * skipped in that round and not started again, so a target that hangs holds one thread and no more. Its target isn't
 * blamed for it if this process was late in the round before, when it should have been heard. One that has been out for
 * a minute of rounds can't recover by itself: nothing is reported of it any more, and liveness fails on that silence. A
 * round never overlaps the next one of its loop.
 */
public final class ProbeLoop {

    private static final Logger LOG = Logger.getLogger(ProbeLoop.class);

    /** A probe that gives up at its deadline can say how far it came, and the round that gives up on it can't. */
    private static final Duration GRACE = Duration.ofMillis(50);

    /** At the usual interval a minute; in rounds, because a process that was stopped has had none. */
    private static final int MOST_SKIPPED = 60;

    private final Cadence cadence;
    private final Supplier<List<Probe>> probes;
    private final TimeSource time;
    private final ScheduledExecutorService timer;
    private final Executor workers;
    private final Consumer<List<Observation>> sink;
    private final Set<TargetId> out = ConcurrentHashMap.newKeySet();
    private final Map<TargetId, Integer> skipped = new HashMap<>();
    private final Punctuality punctuality;
    private @Nullable ProbeRound current;
    private @Nullable Moment due;

    /**
     * Makes a loop that does nothing until it is started.
     *
     * @param timer begins and closes rounds; never blocked by a probe
     * @param workers runs probes; must have a thread for each, or one that hangs delays others
     * @param punctuality tells when this process did not run, so that nobody is blamed for what happened meanwhile; of
     *     this loop alone
     * @param sink takes each round's observations, possibly on different threads, one round of this loop at a time
     */
    public ProbeLoop(
            Cadence cadence,
            Supplier<List<Probe>> probes,
            TimeSource time,
            ScheduledExecutorService timer,
            Executor workers,
            Punctuality punctuality,
            Consumer<List<Observation>> sink) {
        this.cadence = cadence;
        this.probes = probes;
        this.time = time;
        this.timer = timer;
        this.workers = workers;
        this.sink = sink;
        this.punctuality = punctuality;
    }

    /** Begins the first round now and one each interval, until the timer is shut down. */
    @SuppressWarnings("FutureReturnValueIgnored") // beginSafely logs its own faults, so there is nothing to ask for
    public void start() {
        // With a fixed rate, a machine that was asleep would get all the rounds that it missed at once.
        timer.scheduleWithFixedDelay(this::beginSafely, 0, cadence.interval().toNanos(), NANOSECONDS);
    }

    private void beginSafely() {
        try {
            begin();
        } catch (Throwable e) {
            // A timer forgets a task that throws, be it for want of memory: the loop would stand still without a word.
            LOG.error("a probe round could not be started", e);
        } finally {
            due = time.now().plus(cadence.interval());
        }
    }

    @SuppressWarnings(
            "FutureReturnValueIgnored") // ProbeRound.close logs its own faults, so there is nothing to ask for
    private void begin() {
        Moment expected = due;
        if (expected != null) {
            punctuality.delayed(time.now().since(expected));
        }
        Optional<Failure> lateBefore = Optional.ofNullable(current).flatMap(ProbeRound::close);
        Deadline deadline = Deadline.in(cadence.deadline(), time);
        List<Probe> asked = probes.get().stream().filter(this::canRecover).toList();
        ProbeRound round = new ProbeRound(asked, deadline, punctuality, sink);
        current = round;
        for (Probe probe : asked) {
            if (out.add(probe.target())) {
                ask(probe, round, deadline);
            } else {
                Observation unasked = probe.unanswered(deadline.begun(), cadence.interval(), FailureKind.SKIPPED);
                round.add(lateBefore.map(unasked::blaming).orElse(unasked));
            }
        }
        Duration untilClosed = cadence.deadline().plus(GRACE);
        timer.schedule(() -> close(round, deadline.begun().plus(untilClosed)), untilClosed.toNanos(), NANOSECONDS);
    }

    private boolean canRecover(Probe probe) {
        TargetId target = probe.target();
        if (!out.contains(target)) {
            skipped.remove(target);
            return true;
        }
        int rounds = skipped.merge(target, 1, Integer::sum);
        if (rounds == MOST_SKIPPED) {
            LOG.errorf("the probe of %s is not back for %d rounds and not counted on any more", target.label(), rounds);
        }
        return rounds < MOST_SKIPPED;
    }

    private void close(ProbeRound round, Moment planned) {
        if (round.open()) {
            punctuality.delayed(time.now().since(planned));
            round.close();
        }
    }

    private void ask(Probe probe, ProbeRound round, Deadline deadline) {
        try {
            round.handedOver();
            workers.execute(() -> {
                round.started();
                observe(probe, deadline, round);
            });
        } catch (RejectedExecutionException e) {
            // It was not started, so it must not count as out, or it would be skipped for ever.
            out.remove(probe.target());
            round.started();
            LOG.errorf(e, "no thread for the probe of %s", probe.target().label());
            round.add(probe.unanswered(deadline.begun(), Duration.ZERO, FailureKind.UNEXPECTED));
        }
    }

    private void observe(Probe probe, Deadline deadline, ProbeRound round) {
        Observation seen = null;
        try {
            seen = probe.observe(deadline);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "the probe of %s failed by a fault of its own",
                    probe.target().label());
        } finally {
            // Before the round is told: it may wait for the sink, and the probe is not out meanwhile.
            out.remove(probe.target());
            // After an Error too, which ends this thread: a target of which nothing is heard would look silent.
            Moment now = time.now();
            round.add(seen != null ? seen : probe.unanswered(now, now.since(deadline.begun()), FailureKind.UNEXPECTED));
        }
    }
}
