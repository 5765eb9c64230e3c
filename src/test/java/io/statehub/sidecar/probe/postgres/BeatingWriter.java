package io.statehub.sidecar.probe.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A heartbeat probe on a lab, and the deadline that each of its beats gets. */
record BeatingWriter(HeartbeatWriter writer, Probe probe, Duration timeout, TimeSource time) implements AutoCloseable {

    static final Duration QUIET = Duration.ofSeconds(10);
    static final int HISTORY = 5;

    static HeartbeatWriter named(String schema, String name, String run) {
        return new HeartbeatWriter(schema, name, run, HISTORY, QUIET);
    }

    static BeatingWriter of(LabPostgresSettings settings, HeartbeatWriter writer, Duration timeout, TimeSource time) {
        return new BeatingWriter(writer, PostgresProbes.heartbeat(settings, timeout, writer), timeout, time);
    }

    HeartbeatObservation beat() {
        return (HeartbeatObservation) probe.observe(Deadline.in(timeout, time));
    }

    CompletableFuture<HeartbeatObservation> beatOnItsOwnThread() {
        return CompletableFuture.supplyAsync(this::beat);
    }

    HeartbeatObservation.Acked acked() {
        return as(HeartbeatObservation.Acked.class, beat());
    }

    HeartbeatObservation.Failed failed() {
        return as(HeartbeatObservation.Failed.class, beat());
    }

    static <T extends HeartbeatObservation> T as(Class<T> outcome, HeartbeatObservation observed) {
        assertThat(observed).isInstanceOf(outcome);
        return outcome.cast(observed);
    }

    @Override
    public void close() {
        probe.close();
    }
}
