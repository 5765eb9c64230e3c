package io.statehub.sidecar.testing;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A member's probe that plays its script, one line each time it is asked, and the last line for ever. */
public final class ScriptedProbe implements Probe {

    /** Lines of a script that are no answers. */
    public enum Trouble implements Sighting {
        /** Answers only after {@link ScriptedProbe#release}, whatever the deadline says. */
        HANGS,
        /** Throws, as by a fault of its own. */
        BREAKS,
        /** Throws what is no exception, as code that can't be run. */
        FALLS_APART;

        @Override
        public Observation at(Moment at) {
            if (this == FALLS_APART) {
                throw new NoSuchMethodError("the script says so");
            }
            throw new IllegalStateException("the script says so");
        }
    }

    private final TargetId target;
    private final List<Sighting> script;
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A member's. */
    public ScriptedProbe(String member, Sighting... script) {
        this(new TargetId.Member(member), script);
    }

    public ScriptedProbe(TargetId target, Sighting... script) {
        this.target = target;
        this.script = List.of(script);
    }

    @Override
    public TargetId target() {
        return target;
    }

    @Override
    public Observation observe(Deadline deadline) {
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        try {
            Sighting line = script.get(Math.min(asked.getAndIncrement(), script.size() - 1));
            if (line == Trouble.HANGS) {
                awaitRelease();
                return Observed.primary(target.label()).at(deadline.now());
            }
            return line.at(deadline.now());
        } finally {
            running.decrementAndGet();
        }
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while hanging", e);
        }
    }

    @Override
    public MemberObservation.Failed unanswered(Moment at, Duration waited, FailureKind kind) {
        return new MemberObservation.Failed(
                target.label(), at, waited, new Failure(kind, "no answer from " + target.label()));
    }

    /** Lets whoever hangs continue, now and from now on. */
    public void release() {
        released.countDown();
    }

    /** How often it was asked. */
    public int asked() {
        return asked.get();
    }

    /** How many threads it keeps: none from the moment of {@link #release}, whenever they notice. */
    public int keeps() {
        return released.getCount() == 0 ? 0 : running.get();
    }

    /** How many threads were in it at once, at most. */
    public int mostRunning() {
        return mostRunning.get();
    }

    public boolean closed() {
        return closed.get();
    }

    @Override
    public void close() {
        closed.set(true);
        release();
    }
}
