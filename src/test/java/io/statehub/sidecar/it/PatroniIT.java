package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.evidence.EvidenceException;
import io.statehub.sidecar.evidence.EvidenceVerdict;
import io.statehub.sidecar.probe.postgres.HeartbeatSchema;
import io.statehub.sidecar.testing.lab.IndependentClient;
import io.statehub.sidecar.testing.lab.IndependentClient.Outage;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PatroniLab;
import io.statehub.sidecar.testing.lab.PatroniNode;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Failovers that Patroni decides on and carries out, and a client that measures them without the sidecar. Each test
 * begins with a healed cluster.
 */
@Tag("thorough")
@Timeout(600)
class PatroniIT {

    private static final Logger LOG = Logger.getLogger(PatroniIT.class);

    private static PatroniLab lab;
    private static StandInApi api;
    private static WatchedSidecar sidecar;

    @BeforeAll
    static void start() {
        PatroniLab.require();
        lab = PatroniLab.start();
        api = StandInApi.start(lab.writeUrl());
        sidecar = WatchedSidecar.start(
                lab.writeUrl(), lab.membersSetting(), api, Map.of("STATEHUB_REPLICATION_MAX_STREAM_SILENCE", "20s"));
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable started : new AutoCloseable[] {sidecar, api, lab}) {
            if (started != null) {
                started.close();
            }
        }
    }

    @BeforeEach
    void heal() {
        lab.heal();
        sidecar.awaitSteady();
        sidecar.awaitBeats();
    }

    @Test
    void steadyClusterHasNothingToReport() {
        String leader = lab.leader().name();
        sidecar.until(() -> {
            assertThat(sidecar.status().getList("cluster.primaries")).containsExactly(leader);
            assertThat(sidecar.status().getString("writeEndpoint.routedTo")).isEqualTo(leader);
            for (PatroniNode member : lab.members()) {
                if (!member.name().equals(leader)) {
                    assertThat(sidecar.<String>ofMember(member.name(), "upstream.state"))
                            .hasValue("streaming");
                }
            }
        });
    }

    @Test
    void lossOfTheLeadersNodeIsAFailover() {
        PatroniNode lost = lab.leader();

        Observed observed = observe("failover", () -> {
            lab.killNode(lost.name());
            sidecar.awaitFinding("member_down", lost.name());
        });

        assertThat(observed.leader()).isNotEqualTo(lost);
        // Patroni waits until the leader's key has expired; it was renewed a moment before, or a loop before.
        assertThat(observed.outage().measured()).isGreaterThan(Duration.ofSeconds(5));
    }

    @Test
    void switchoverLosesNothing() {
        PatroniNode chosen = lab.follower();

        Observed observed = observe("switchover", () -> lab.switchover(chosen.name()));

        assertThat(observed.leader()).isEqualTo(chosen);
        assertThat(observed.lost()).isEmpty();
    }

    @Test
    void restartInPlaceLosesNothingAndNobodyElseLeads() {
        PatroniNode leader = lab.leader();

        Observed observed = observe("restart", lab::restartLeader);

        assertThat(observed.leader()).isEqualTo(leader);
        assertThat(observed.lost()).isEmpty();
    }

    /** The drill causes it itself, by Patroni's own command. */
    @Test
    @Tag("tooling")
    void aDrillThatPatroniIsToldToSwitchOverPasses(@TempDir Path directory) throws EvidenceException {
        PatroniNode old = lab.leader();
        PatroniNode chosen = lab.follower();
        lab.leader().executeIn(LabRoles.DATABASE, HeartbeatSchema.script(LabRoles.HEARTBEAT_SCHEMA, LabRoles.SIDECAR));
        Map<String, String> settings = Map.of(
                "STATEHUB_POSTGRES_URL", lab.writeUrl(),
                "STATEHUB_POSTGRES_MEMBERS", lab.membersSetting(),
                "STATEHUB_REPLICATION_MAX_STREAM_SILENCE", "20s");

        try (StartedDrill drill = StartedDrill.on(
                api,
                settings,
                directory.resolve("evidence"),
                "--trigger=command:" + chosen.control() + " switchover lab --leader " + old.name() + " --candidate "
                        + chosen.name() + " --force")) {
            assertThat(drill.process().awaitExit(StartedDrill.DEADLINE).code())
                    .as(drill.everything())
                    .isZero();

            assertThat(drill.filed().verdict()).isEqualTo(EvidenceVerdict.PASSED);
            assertThat(drill.report())
                    .content()
                    .contains("switchover: ", "Successfully switched over to \"" + chosen.name() + "\"");
        }
        assertThat(lab.leader()).isEqualTo(chosen);
        assertThat(chosen.query("SELECT 1")).isPresent();
    }

    /**
     * What an event was to the client.
     *
     * @param lost the writes that were acknowledged and that the leader after the event does not have
     */
    private record Observed(Outage outage, List<Long> lost, PatroniNode leader) {}

    /**
     * Lets it happen while a client writes, brings back what it cost, and compares the sidecar's record with the
     * client's.
     */
    private static Observed observe(String outcome, Runnable event) {
        PatroniNode before = lab.leader();
        Failovers failovers = Failovers.after(sidecar);

        Observed observed = watch(event);

        LOG.infof(
                "%s from %s to %s: client's outage %s ± %s, lost writes %d",
                outcome,
                before.name(),
                observed.leader().name(),
                observed.outage().measured(),
                observed.outage().error(),
                observed.lost().size());
        lab.heal();
        FailoverReport report = failovers.awaitNewest();
        assertThat(report.outcome()).isEqualTo(outcome);
        assertThat(report.oldPrimary()).isEqualTo(before.name());
        if (!observed.leader().equals(before)) {
            assertThat(report.newPrimary()).isEqualTo(observed.leader().name());
            assertThat(report.newTimeline()).isEqualTo(report.oldTimeline() + 1);
        }
        report.assertContains(observed.outage(), WatchedSidecar.ONE_ATTEMPT_AT_EITHER_END);
        return observed;
    }

    private static Observed watch(Runnable event) {
        try (IndependentClient client = IndependentClient.start(lab.writeUrl())) {
            client.awaitAcknowledgement();
            event.run();
            client.awaitAcknowledgement();
            PatroniNode leader = lab.leader();
            return new Observed(
                    client.longestOutage().orElseThrow(), client.missingOn(leader.jdbcUrl(LabRoles.DATABASE)), leader);
        }
    }
}
