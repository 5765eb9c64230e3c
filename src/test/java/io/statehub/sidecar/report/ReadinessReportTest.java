package io.statehub.sidecar.report;

import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Senders.asynchronous;
import static io.statehub.sidecar.testing.Senders.quorum;
import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.Story;
import io.statehub.sidecar.kubernetes.ObservedKubernetes;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import io.statehub.sidecar.testing.Look;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.Members;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.testing.ObservedServer;
import io.statehub.sidecar.testing.Policies;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.time.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The report on a sound cluster and on one for each fault, against golden files. {@code -Dgolden.write=true} writes
 * them again, to be read before they are committed.
 */
class ReadinessReportTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "io", "statehub", "sidecar", "report");
    private static final ManualClock CLOCK = new ManualClock();
    private static final Moment BEGUN = CLOCK.now();
    private static final ObservedServer PRIMARY = Members.PRIMARY
            .archiving(new RoleState.Archiver(100, 0, false, Optional.empty(), Optional.of(Duration.ofMinutes(2))))
            .sendingTo(quorum("pg-2"), quorum("pg-3"));
    private static final ReportedObjectives OBJECTIVES = new ReportedObjectives(Duration.ZERO, Duration.ofMinutes(15));
    private static final ObservedServer ALONE = PRIMARY.sendingTo(asynchronous("pg-2"), asynchronous("pg-3"));

    /** A cluster with at most one thing wrong with it. */
    @SuppressWarnings("ImmutableEnumChecker") // a script holds no state
    enum Case {
        SOUND(CheckResult.PASS, (cluster, kubernetes) -> kubernetes),
        DIVERGED_MEMBER_THAT_THE_OPERATOR_CALLS_HEALTHY(CheckResult.FAIL, (cluster, kubernetes) -> kubernetes),
        OPERATOR_PRIMARY_DIFFERS(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.change("Cluster", "pg", it -> {
                at(it, "status").put("currentPrimary", "pg-2");
                at(it, "status").put("targetPrimary", "pg-2");
            });
            cluster.change("Lease", "pg", it -> at(it, "spec").put("holderIdentity", "pg-2"));
            return kubernetes;
        }),
        PRIMARY_ON_UNREADY_NODE(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.change(
                    "Node", "railiance01", it -> at(it, "status.conditions.3").put("status", "False"));
            return kubernetes;
        }),
        NODE_UNKNOWN(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.change(
                    "Node", "railiance03", it -> at(it, "status.conditions.3").put("status", "Unknown"));
            return kubernetes;
        }),
        VOLUME_HEALTHY_WITH_TOO_FEW_REPLICAS(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.change(
                    "Engine",
                    "pvc-pg-1-e-0",
                    it -> at(it, "status.replicaModeMap").put("pvc-pg-1-r-2", "ERR"));
            return kubernetes;
        }),
        TWO_INSTANCES_ON_ONE_NODE(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.change("Pod", "pg-2", it -> at(it, "spec").put("nodeName", "railiance01"));
            return kubernetes;
        }),
        TWO_REPLICAS_ON_ONE_NODE(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.change("Replica", "pvc-pg-3-r-1", it -> at(it, "spec").put("nodeID", "railiance03"));
            return kubernetes;
        }),
        NO_BACKUP(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.without("Backup").without("ObjectStore");
            return kubernetes;
        }),
        ARCHIVING_FAILING(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.change("Cluster", "pg", it -> {
                at(it, "status.conditions.1").put("status", "False");
                at(it, "status.conditions.1").put("message", "unexpected failure | exit status 1");
            });
            return kubernetes;
        }),
        FEWER_NODES_THAN_INSTANCES(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.change("Cluster", "pg", it -> {
                at(it, "spec").put("instances", 4);
                at(it, "status").put("readyInstances", 4);
            });
            return kubernetes;
        }),
        ASYNCHRONOUS_CLUSTER(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.change("Cluster", "pg", it -> at(it, "spec.postgresql").remove("synchronous"))
                    .without("FailoverQuorum");
            return kubernetes;
        }),
        SYNCHRONOUS_BY_THE_SPEC_ALONE(CheckResult.FAIL, (cluster, kubernetes) -> kubernetes),
        WRITES_GO_ON_WITHOUT_A_STANDBY(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.change(
                    "Cluster", "pg", it -> at(it, "spec.postgresql.synchronous").put("dataDurability", "preferred"));
            return kubernetes;
        }),
        EVERY_STANDBY_WAITED_FOR(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.change(
                    "Cluster", "pg", it -> at(it, "spec.postgresql.synchronous").put("number", 2));
            return kubernetes;
        }),
        QUORUM_MISSING(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.change(
                            "Cluster",
                            "pg",
                            it -> at(it, "spec.postgresql.synchronous").put("failoverQuorum", false))
                    .without("FailoverQuorum");
            return kubernetes;
        }),
        QUORUM_OF_ANOTHER_PRIMARY(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.change("FailoverQuorum", "pg", it -> at(it, "status").put("primary", "pg-3"));
            return kubernetes;
        }),
        NOT_AS_THE_STRATEGY_HAS_IT(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.change("Cluster", "pg", it -> {
                at(it, "spec").remove("walStorage");
                at(it, "spec.affinity").put("podAntiAffinityType", "preferred");
            });
            return kubernetes;
        }),
        ANOTHER_CLUSTER_AROUND(CheckResult.PASS, (cluster, kubernetes) -> {
            cluster.anotherCluster("other");
            return kubernetes;
        }),
        ONLY_ANOTHER_CLUSTER_HAS_BACKUPS(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.without("Backup")
                    .without("ScheduledBackup")
                    .without("ObjectStore")
                    .anotherCluster("other");
            return kubernetes;
        }),
        POOLER_AND_JOB_BESIDE(CheckResult.PASS, (cluster, kubernetes) -> {
            cluster.pooler("pg-pooler-5d4-x", "railiance01").job("pg-4-join-z", "railiance02");
            return kubernetes;
        }),
        FAULTED_VOLUME(CheckResult.FAIL, (cluster, kubernetes) -> {
            cluster.change("Volume", "pvc-pg-2", it -> {
                at(it, "status").put("robustness", "faulted");
                at(it, "status").put("state", "detached");
            });
            cluster.change("Engine", "pvc-pg-2-e-0", it -> at(it, "status").put("replicaModeMap", Map.of()));
            return kubernetes;
        }),
        FAILED_REPLICA_BESIDE_A_GOOD_ONE(CheckResult.PASS, (cluster, kubernetes) -> {
            cluster.change("Replica", "pvc-pg-3-r-1", it -> {
                at(it, "spec").put("nodeID", "railiance03");
                at(it, "spec").put("failedAt", "2026-02-28T05:00:00Z");
                at(it, "spec").put("active", false);
            });
            return kubernetes;
        }),
        NOTHING_MAY_BE_SEEN(CheckResult.UNKNOWN, (cluster, kubernetes) -> {
            for (WatchedResource resource : WatchedResource.values()) {
                kubernetes.unseen(resource, BEGUN, FailureKind.PERMISSION_DENIED);
            }
            return kubernetes;
        });

        private final CheckResult expected;
        private final Script script;

        Case(CheckResult expected, Script script) {
            this.expected = expected;
            this.script = script;
        }

        private String file() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private interface Script {
        ObservedKubernetes change(FixtureCluster cluster, ObservedKubernetes kubernetes);
    }

    private static ReadinessReport report(Case fault) {
        boolean diverged = fault == Case.DIVERGED_MEMBER_THAT_THE_OPERATOR_CALLS_HEALTHY;
        boolean alone = fault == Case.ASYNCHRONOUS_CLUSTER || fault == Case.SYNCHRONOUS_BY_THE_SPEC_ALONE;
        ObservedServer primary = diverged ? PRIMARY.onTimeline(2) : alone ? ALONE : PRIMARY;
        FixtureCluster cluster = FixtureCluster.sound(BEGUN.wallClock());
        ObservedKubernetes kubernetes = fault.script.change(cluster, ObservedKubernetes.of(cluster));
        return report(soundUnder(primary).but(STANDBY.onTimeline(diverged ? 2 : 1), kubernetes.sighting()));
    }

    private static ReadinessReport report(Look seen) {
        Story story = new Story(Policies.bounded(Duration.ofSeconds(30)), Members.NAMES);
        Assessment assessment = story.after(Duration.ZERO, seen.sightings());
        return ReportAssembly.of(assessment, OBJECTIVES, "cluster pg in namespace state-hub");
    }

    /** Members and API in sound health. */
    private static Look soundUnder(ObservedServer primary) {
        return Look.SOUND.but(primary, endpointTo(primary));
    }

    @ParameterizedTest
    @EnumSource(Case.class)
    void eachFaultHasItsVerdictAndItsText(Case fault) throws IOException {
        ReadinessReport report = report(fault);

        assertGolden(fault.file() + ".md", MarkdownReport.of(report));
        assertThat(report.verdict()).isEqualTo(fault.expected);
    }

    @Test
    void theSameIsThereAsJson() throws IOException {
        assertGolden("sound.json", JsonReport.of(report(Case.SOUND)));
        assertGolden("no-backup.json", JsonReport.of(report(Case.NO_BACKUP)));
    }

    private static void assertGolden(String name, String text) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, text);
        }
        assertThat(golden).exists().content().isEqualTo(text);
    }

    @Test
    void onlyASoundClusterPassesWhateverIsBesideIt() {
        List<Case> passing = new ArrayList<>();
        for (Case one : Case.values()) {
            if (report(one).verdict() == CheckResult.PASS) {
                passing.add(one);
            }
        }
        assertThat(passing)
                .containsExactly(
                        Case.SOUND,
                        Case.ANOTHER_CLUSTER_AROUND,
                        Case.POOLER_AND_JOB_BESIDE,
                        Case.FAILED_REPLICA_BESIDE_A_GOOD_ONE);
    }

    @ParameterizedTest
    @EnumSource(WatchedResource.class)
    void noKindThatCanNotBeSeenPasses(WatchedResource resource) {
        FixtureCluster cluster = FixtureCluster.sound(BEGUN.wallClock());
        ReadinessReport report = report(soundUnder(PRIMARY)
                .but(ObservedKubernetes.of(cluster)
                        .unseen(resource, BEGUN, FailureKind.REFUSED)
                        .sighting()));

        assertThat(report.verdict()).isEqualTo(CheckResult.UNKNOWN);
    }

    @Test
    void aFindingThatNoLineIsForIsToldAllTheSame() {
        FixtureCluster cluster = FixtureCluster.sound(BEGUN.wallClock());
        ReadinessReport report = report(soundUnder(PRIMARY)
                .but(
                        Observed.beatFailed(FailureKind.NO_SUCH_SCHEMA),
                        ObservedKubernetes.of(cluster).sighting()));

        assertThat(report.sections())
                .filteredOn(section -> section.title().equals("Also found"))
                .flatExtracting(ReportSection::lines)
                .extracting(ReportLine::subject, ReportLine::verdict)
                .containsExactly(tuple("heartbeat_not_permitted heartbeat", CheckResult.FAIL));
        assertThat(report.verdict()).isEqualTo(CheckResult.FAIL);
    }

    @Test
    void withoutKubernetesNothingPasses() {
        ReadinessReport report = report(soundUnder(PRIMARY).but());

        assertThat(report.verdict()).isEqualTo(CheckResult.UNKNOWN);
    }
}
