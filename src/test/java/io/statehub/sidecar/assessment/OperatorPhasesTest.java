package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.kubernetes.OperatorPhase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every word that cloudnative-pg 1.22 to 1.30 writes as a cluster's phase: the constants of {@code api/v1}, and what
 * its controllers write in place of one. Collected from the sources of all 51 releases of them.
 */
class OperatorPhasesTest extends KubernetesStory {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Cluster in healthy state                                                                | HEALTHY
            Switchover in progress                                                                  | CHANGING_PRIMARY
            Failing over                                                                            | CHANGING_PRIMARY
            Setting up primary                                                                      | WORKING
            Creating a new replica                                                                  | WORKING
            Upgrading cluster                                                                       | WORKING
            Upgrading Postgres major version                                                        | WORKING
            Cluster upgrade delayed                                                                 | WORKING
            Primary instance is being restarted in-place                                            | WORKING
            Primary instance is being restarted without a switchover                                | WORKING
            Waiting for the instances to become active                                              | WORKING
            Online upgrade in progress                                                              | WORKING
            Applying configuration                                                                  | WORKING
            Promoting to primary cluster                                                            | WORKING
            Waiting for user action                                                                 | WAITING
            Cluster is unrecoverable and needs manual intervention                                  | STUCK
            Cluster is in an unrecoverable state, needs manual intervention                         | STUCK
            Unable to create required cluster objects                                               | STUCK
            Invalid cluster definition                                                              | STUCK
            Unknown plugin                                                                          | STUCK
            Cluster cannot proceed to reconciliation due to an unknown plugin being required        | STUCK
            Cluster cannot proceed to reconciliation due to an error while interacting with plugins | STUCK
            Cluster has incomplete or invalid image catalog                                         | STUCK
            Cluster cannot execute instance online upgrade due to missing architecture binary       | STUCK
            Not enough disk space                                                                   | STUCK
            Instance Status Extraction Error: HTTP communication issue                              | STUCK
            """)
    void everyPhaseOfEveryReleaseIsKnown(String words, OperatorPhase meaning) {
        cluster.change("Cluster", "pg", it -> at(it, "status").put("phase", words));
        look();

        assertThat(OperatorPhase.of(words)).contains(meaning);
        assertThat(story.current().findings())
                .extracting(Finding::kind)
                .doesNotContain(FindingKind.OPERATOR_PHASE_UNKNOWN);
    }

    @Test
    void aClusterThatIsCalledHealthyAndIsNotReadyIsAContradiction() {
        cluster.change("Cluster", "pg", it -> {
            at(it, "status.conditions.0").put("status", "False");
            at(it, "status.conditions.0").put("reason", "ClusterIsNotReady");
            at(it, "status.conditions.0").put("message", "Cluster Is Not Ready");
        });
        look();

        assertThat(story.current().findings())
                .filteredOn(finding -> finding.kind() == FindingKind.OPERATOR_CONTRADICTS_ITSELF)
                .extracting(Finding::measured)
                .containsExactly(
                        "phase 'Cluster in healthy state', and Ready is FALSE (ClusterIsNotReady: Cluster Is Not"
                                + " Ready)");
    }
}
