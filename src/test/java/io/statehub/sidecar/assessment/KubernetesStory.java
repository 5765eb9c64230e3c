package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static io.statehub.sidecar.testing.Observed.answered;
import static io.statehub.sidecar.testing.Observed.endpointTo;
import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.statehub.sidecar.kubernetes.ObservedKubernetes;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import java.util.List;

/** A sound cluster as Kubernetes and we see it, of which a test changes one thing, and what is found then. */
abstract class KubernetesStory {

    final Story story = Story.ofSoundCluster();
    final FixtureCluster cluster = FixtureCluster.sound(story.now().wallClock());
    final ObservedKubernetes kubernetes = ObservedKubernetes.of(cluster);

    /** Everything sound but what the test has changed, seen once more. */
    void look() {
        story.next(soundThings());
    }

    Sighting[] soundThings() {
        return new Sighting[] {
            PRIMARY,
            STANDBY,
            OTHER,
            endpointTo(PRIMARY),
            answered(ApiCheck.LIVENESS),
            answered(ApiCheck.READINESS),
            kubernetes.sighting()
        };
    }

    void unready(String node, String status) {
        cluster.change("Node", node, it -> at(it, "status.conditions.3").put("status", status));
    }

    KubernetesView view() {
        return story.current().kubernetes().orElseThrow();
    }

    List<FindingKind> kinds() {
        return story.current().findings().stream().map(Finding::kind).toList();
    }

    void assertFound(FindingKind kind, String subject, String measured, String allowed) {
        assertThat(story.current().findings())
                .extracting(Finding::kind, Finding::subject, Finding::measured, Finding::allowed)
                .contains(tuple(kind, subject, measured, allowed));
    }

    void assertNone(FindingKind kind) {
        assertThat(kinds()).doesNotContain(kind);
    }
}
