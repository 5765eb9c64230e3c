package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.Observed.failed;
import static io.statehub.sidecar.testing.Observed.lost;
import static io.statehub.sidecar.testing.Telling.SECOND;
import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.JournalObservation;
import io.statehub.sidecar.observation.Leadership;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.time.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both halves in one verdict, and what is found where Kubernetes itself can't be seen. */
class KubernetesFindingsTest extends KubernetesStory {

    @Test
    void aSoundClusterHasNoneAndIsUp() {
        look();

        assertThat(story.current().findings()).isEmpty();
        assertThat(story.current().status(Scope.KUBERNETES)).isEqualTo(Status.UP);
        assertThat(story.current().verdict()).isEqualTo(Status.UP);
    }

    @Test
    void withoutKubernetesThereIsNoStatusOfIt() {
        assertThat(story.current().scopes()).doesNotContain(Scope.KUBERNETES);
        assertThat(story.current().verdict()).isEqualTo(Status.UP);
    }

    @Test
    void anObjectThatCanNotBeReadIsFoundAndTheOthersAreRead() {
        cluster.change("Node", "railiance02", it -> at(it, "status").put("conditions", "all fine"));
        look();

        assertFound(
                FindingKind.OBJECT_MALFORMED,
                "nodes",
                "1 that can't be read: status.conditions is not a list",
                "objects of the form that their kind has");
        assertThat(story.current().kubernetes().orElseThrow().nodes()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(WatchedResource.class)
    void eachKindThatIsForbiddenIsItsOwnFindingAndLeavesThePodReady(WatchedResource resource) {
        kubernetes.unseen(resource, story.now(), FailureKind.PERMISSION_DENIED);
        look();

        assertThat(story.current().findings())
                .extracting(Finding::kind, Finding::subject)
                .contains(tuple(FindingKind.RESOURCE_FORBIDDEN, resource.label()));
        assertThat(story.current().status(Scope.KUBERNETES)).isEqualTo(Status.UNKNOWN);
        assertThat(story.current().readiness().ready()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"NO_SUCH_RESOURCE", "AUTHENTICATION", "REFUSED", "TIMED_OUT", "BAD_STATUS", "BAD_BODY"})
    void absentForbiddenAndUnreachableAreThreeFindings(FailureKind why) {
        kubernetes.unseen(WatchedResource.NODES, story.now(), why);
        look();

        FindingKind expected = switch (why) {
            case NO_SUCH_RESOURCE -> FindingKind.RESOURCE_ABSENT;
            case AUTHENTICATION -> FindingKind.RESOURCE_FORBIDDEN;
            default -> FindingKind.RESOURCE_UNREACHABLE;
        };
        assertThat(kinds()).containsExactly(expected);
    }

    @Test
    void aBrokenWatchIsBelievedForAMinuteAndThenStale() {
        Moment broken = story.now();
        kubernetes.lost(WatchedResource.NODES, broken, FailureKind.RESET);
        story.after(Duration.ofSeconds(60), sound().sightings());
        assertThat(kinds()).isEmpty();
        assertThat(story.current().kubernetes().orElseThrow().nodes()).hasSize(3);

        story.after(SECOND, sound().sightings());
        assertFound(
                FindingKind.WATCH_STALE,
                "nodes",
                "not in step for 61.0 s: connection broken (by the script)",
                "60.0 s");
        assertThat(story.current().kubernetes().orElseThrow().nodes()).isEmpty();
    }

    @Test
    void anApiServerThatNeverAnswersIsFoundAfterAMinute() {
        kubernetes.pending(WatchedResource.VOLUMES, story.now());
        story.after(Duration.ofSeconds(60), sound().sightings());
        assertThat(kinds()).isEmpty();

        story.after(SECOND, sound().sightings());
        assertFound(FindingKind.WATCH_STALE, "volumes", "not in step for 61.0 s: no answer", "60.0 s");
    }

    @Test
    void watchesThatNobodyLooksAtSayNothingAfterAMinute() {
        look();
        story.after(Duration.ofSeconds(61), PRIMARY, STANDBY, OTHER, endpointTo(PRIMARY));

        assertThat(kinds()).contains(FindingKind.WATCH_STALE);
        assertThat(story.current().kubernetes().orElseThrow().cluster()).isEmpty();
    }

    @Test
    void whatNobodyLookedAtWhileThisProcessWasStoppedIsNoFindingBesideThat() {
        look();
        story.next(lost(Duration.ZERO));
        story.after(Duration.ofSeconds(90), at -> new JournalObservation(at, Optional.empty(), 0, 0, 0));

        assertThat(kinds()).contains(FindingKind.OWN_PROCESS_LATE).doesNotContain(FindingKind.WATCH_STALE);
        assertThat(story.current().kubernetes().orElseThrow().cluster()).isEmpty();
    }

    @Test
    void kindsThatAreOffAreNoFinding() {
        kubernetes.off(WatchedResource.VOLUMES).off(WatchedResource.ENGINES).off(WatchedResource.REPLICAS);
        look();

        assertThat(story.current().findings()).isEmpty();
    }

    @Test
    void aLeaseThatCanNotBeReadIsAFaultOfOurMeans() {
        kubernetes.leadership(new Leadership(
                Leadership.Role.ALONE,
                Optional.empty(),
                Optional.of(new Failure(FailureKind.PERMISSION_DENIED, "leases: no"))));
        look();

        assertFound(
                FindingKind.LEASE_UNKNOWN,
                "lease",
                "permission denied (leases: no)",
                "a lease that can be read and renewed");
        assertThat(story.current().status(Scope.OBSERVATION)).isEqualTo(Status.DEGRADED);
    }

    @Test
    void beatsThatAnotherSidecarWritesAreNoFault() {
        story.next(Observed.beatFailed(FailureKind.STANDING_BY));

        assertNone(FindingKind.HEARTBEAT_NOT_PERMITTED);
    }

    @Test
    void noMemberKnownIsUnknownAndNotALostPrimary() {
        Story discovering = new Story(Story.POLICY, List.of());
        discovering.next(failed(ApiCheck.LIVENESS, FailureKind.REFUSED), endpointTo(PRIMARY));

        assertThat(discovering.current().findings())
                .extracting(Finding::kind)
                .contains(FindingKind.MEMBERS_UNKNOWN)
                .doesNotContain(FindingKind.NO_PRIMARY);
        assertThat(discovering.current().status(Scope.REPLICATION)).isEqualTo(Status.UNKNOWN);
    }
}
