package io.statehub.sidecar.probe.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.HeartbeatObservation.Acked;
import io.statehub.sidecar.observation.HeartbeatObservation.Ambiguous;
import io.statehub.sidecar.observation.HeartbeatObservation.Failed;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.testing.lab.LabMember;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.PostgresServer;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Heartbeats while servers freeze, die and follow each other. */
@Timeout(600)
class HeartbeatOutageIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final TimeSource TIME = TimeSource.system();
    private static final HeartbeatWriter WRITER =
            BeatingWriter.named(LabRoles.HEARTBEAT_SCHEMA, "pod-1", "0123456789abcdef");

    private PostgresLab lab;

    @BeforeEach
    void renew() {
        lab = SharedLab.asNew();
    }

    private BeatingWriter writer(Duration timeout) {
        return BeatingWriter.of(LabPostgresSettings.of(lab), WRITER, timeout, TIME);
    }

    private static HeartbeatObservation outcome(Future<HeartbeatObservation> beat)
            throws ExecutionException, InterruptedException, TimeoutException {
        return beat.get(LONG.toSeconds(), SECONDS);
    }

    private Optional<String> waitingForStandby() {
        return lab.primary()
                .server()
                .query("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND usename = 'sidecar'");
    }

    @Test
    void aCommitThatNoStandbyHasIsAmbiguousHoweverItsWaitEnds()
            throws ExecutionException, InterruptedException, TimeoutException {
        List<PostgresServer> standbys =
                List.of(lab.member("pg-2").server(), lab.member("pg-3").server());
        PostgresServer primary = lab.primary().server();
        primary.synchronous(true);
        await().atMost(LONG)
                .until(() -> primary.query("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'")
                        .filter("2"::equals)
                        .isPresent());
        try (BeatingWriter patient = writer(LONG)) {
            assertThat(patient.acked().beat().sequence()).isEqualTo(1);
            standbys.forEach(PostgresServer::freeze);

            Future<HeartbeatObservation> cancelled = patient.beatOnItsOwnThread();
            await().atMost(LONG).until(() -> waitingForStandby().isPresent());
            lab.primary()
                    .server()
                    .execute("SELECT pg_cancel_backend(%s)"
                            .formatted(waitingForStandby().orElseThrow()));
            Ambiguous unsafe = BeatingWriter.as(Ambiguous.class, outcome(cancelled));
            assertThat(unsafe.beat().sequence()).isEqualTo(2);
            assertThat(unsafe.fault().detail()).contains("synchronous replication");

            try (BeatingWriter hasty = BeatingWriter.of(LabPostgresSettings.of(lab), other("pod-2"), SHORT, TIME)) {
                Ambiguous late = BeatingWriter.as(Ambiguous.class, hasty.beat());
                assertThat(late.beat().sequence()).isEqualTo(1);
                assertThat(late.fault().kind()).isEqualTo(FailureKind.TIMED_OUT);

                // The first one still waits, with its row locked: the server itself gives the second one up.
                Failed behind = BeatingWriter.as(Failed.class, hasty.beat());
                assertThat(behind.fault().kind()).isEqualTo(FailureKind.TIMED_OUT);

                standbys.forEach(PostgresServer::thaw);
                await().atMost(LONG).until(() -> waitingForStandby().isEmpty());
                Acked after = hasty.acked();
                assertThat(after.beat().sequence()).isEqualTo(3);
                assertThat(after.heldBefore().orElseThrow().holds(late.beat())).isTrue();
            }
            Acked next = patient.acked();
            assertThat(next.heldBefore().orElseThrow().holds(unsafe.beat())).isTrue();
        }
    }

    private static HeartbeatWriter other(String name) {
        return BeatingWriter.named(LabRoles.HEARTBEAT_SCHEMA, name, "fedcba9876543210");
    }

    @Test
    void aBeatInFlightWhenThePrimaryDiesIsAmbiguousAndTheNextOnesTellTheNewTimeline()
            throws ExecutionException, InterruptedException, TimeoutException {
        try (BeatingWriter writer = writer(LONG)) {
            Acked before = writer.acked();
            LabMember standby = lab.member("pg-2");
            await().atMost(LONG).until(() -> newestBeat(standby).equals(Optional.of(before.beat())));
            LabMember old = lab.primary();
            int successor = old.server().timeline() + 1;
            old.server().freeze();
            long sent = lab.writeEndpoint().traffic().requests();
            Future<HeartbeatObservation> inFlight = writer.beatOnItsOwnThread();
            await().atMost(LONG).until(() -> lab.writeEndpoint().traffic().requests() > sent);
            old.server().kill();
            Ambiguous lost = BeatingWriter.as(Ambiguous.class, outcome(inFlight));
            assertThat(lost.beat().sequence()).isEqualTo(2);

            Failed refused = writer.failed();
            assertThat(refused.fault().kind()).isIn(FailureKind.REFUSED, FailureKind.RESET);

            assertThat(primaryState(standby)).isEmpty();
            lab.failover(standby);
            Acked after = writer.acked();
            assertThat(after.server().timeline()).contains(new Timeline(successor));
            assertThat(after.heldBefore().orElseThrow().holds(before.beat())).isTrue();
            assertThat(after.heldBefore().orElseThrow().holds(lost.beat())).isFalse();

            assertThat(primaryState(standby).orElseThrow().forkedAt())
                    .as("without the right to read it")
                    .isEmpty();
            standby.server()
                    .executeIn(
                            LabRoles.DATABASE,
                            "GRANT EXECUTE ON FUNCTION pg_read_file(text, bigint, bigint, boolean) TO sidecar");
            Lsn fork = primaryState(standby).orElseThrow().forkedAt().orElseThrow();
            assertThat(standby.server()
                            .query("SELECT split_part(line, E'\\t', 2) FROM regexp_split_to_table(pg_read_file("
                                    + "'pg_wal/%08X.history'), E'\\n') line WHERE split_part(line, E'\\t', 1) = '%d'"
                                            .formatted(successor, successor - 1))
                            .map(Lsn::parse))
                    .contains(fork);
            assertThat(fork).isGreaterThanOrEqualTo(before.position().orElseThrow());
        }
    }

    @Test
    void whatIsGivenUpIsAmbiguousIfItWasSentAndASkippedRoundIsNot()
            throws ExecutionException, InterruptedException, TimeoutException {
        try (BeatingWriter writer = writer(LONG)) {
            writer.acked();
            lab.primary().server().freeze();
            long sent = lab.writeEndpoint().traffic().requests();
            Deadline deadline = Deadline.in(LONG, TIME);
            Future<?> inFlight = CompletableFuture.runAsync(() -> writer.probe().observe(deadline));
            await().atMost(LONG).until(() -> lab.writeEndpoint().traffic().requests() > sent);

            Moment now = TIME.now();
            Duration waited = now.since(deadline.begun());
            assertThat(writer.probe().unanswered(now, waited, FailureKind.SKIPPED))
                    .isInstanceOf(Failed.class);
            assertThat(writer.probe().unanswered(now, waited, FailureKind.TIMED_OUT))
                    .isInstanceOfSatisfying(
                            Ambiguous.class,
                            ambiguous -> assertThat(ambiguous.beat().sequence()).isEqualTo(2));
            assertThat(writer.probe().unanswered(now, Duration.ZERO, FailureKind.UNEXPECTED))
                    .as("of an attempt that never began")
                    .isInstanceOf(Failed.class);
            lab.primary().server().thaw();
            inFlight.get(LONG.toSeconds(), SECONDS);
        }
    }

    private Optional<Beat> newestBeat(LabMember member) {
        return observed(member).state().newestBeat();
    }

    private Optional<RoleState.Primary> primaryState(LabMember member) {
        return Optional.of(observed(member).state().role())
                .filter(RoleState.Primary.class::isInstance)
                .map(RoleState.Primary.class::cast);
    }

    private MemberObservation.Answered observed(LabMember member) {
        try (Probe probe = LabPostgresSettings.of(lab).probeOf(member.name(), LONG, WRITER)) {
            return (MemberObservation.Answered) probe.observe(Deadline.in(LONG, TIME));
        }
    }
}
