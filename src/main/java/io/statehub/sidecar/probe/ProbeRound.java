package io.statehub.sidecar.probe;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.ProcessObservation;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * One round of a loop, open until every probe has reported or its deadline has come; then it is delivered, once, with
 * how punctual this process was in it.
 */
final class ProbeRound {

    private static final Logger LOG = Logger.getLogger(ProbeRound.class);

    private final Map<TargetId, Probe> missing = new LinkedHashMap<>();
    private final List<Observation> observations = new ArrayList<>();
    private final Deadline deadline;
    private final Punctuality punctuality;
    private final Consumer<List<Observation>> sink;
    private int waiting;
    private Optional<ProcessObservation> delivered = Optional.empty();

    ProbeRound(List<Probe> probes, Deadline deadline, Punctuality punctuality, Consumer<List<Observation>> sink) {
        probes.forEach(probe -> missing.put(probe.target(), probe));
        this.deadline = deadline;
        this.punctuality = punctuality;
        this.sink = sink;
    }

    /** A probe waits for its thread from now on. */
    synchronized void handedOver() {
        waiting++;
    }

    /** A probe has got its thread. */
    synchronized void started() {
        waiting--;
        if (open()) {
            punctuality.waited(deadline.elapsed());
        }
    }

    /** Takes one probe's observation; after the round was closed it comes too late and is dropped. */
    synchronized void add(Observation observation) {
        if (missing.remove(observation.target()) == null) {
            return;
        }
        observations.add(observation);
        if (missing.isEmpty()) {
            deliver();
        }
    }

    /** Whether somebody has not reported yet. */
    synchronized boolean open() {
        return delivered.isEmpty();
    }

    /**
     * Closes the round, if it is still open: whoever has not reported has timed out.
     *
     * @return how late this process was in it; empty if it was punctual
     */
    synchronized Optional<Failure> close() {
        if (open()) {
            giveUp();
        }
        return delivered.flatMap(ProcessObservation::failure);
    }

    private void giveUp() {
        // One reading of the clock: whoever is asked can tell by the difference which attempt is given up.
        Moment now = deadline.now();
        Duration waited = now.since(deadline.begun());
        if (waiting > 0) {
            punctuality.waited(waited);
        }
        missing.values().forEach(probe -> observations.add(probe.unanswered(now, waited, FailureKind.TIMED_OUT)));
        missing.clear();
        deliver();
    }

    private void deliver() {
        ProcessObservation process = punctuality.roundOver(deadline.now());
        delivered = Optional.of(process);
        try {
            sink.accept(judged(process));
        } catch (RuntimeException e) {
            // The loop must continue; that the snapshot ages meanwhile is what liveness reports.
            LOG.error("a round of observations could not be taken in", e);
        }
    }

    /** What came in, with what this process was too late for attributed to itself. */
    private List<Observation> judged(ProcessObservation process) {
        List<Observation> all = new ArrayList<>();
        for (Observation observation : observations) {
            all.add(process.late() ? observation.excused(process.delay()) : observation);
        }
        all.add(process);
        return List.copyOf(all);
    }
}
