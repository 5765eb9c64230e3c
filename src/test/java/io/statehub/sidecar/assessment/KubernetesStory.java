package io.statehub.sidecar.assessment;

import static io.statehub.sidecar.testing.kubernetes.FixtureCluster.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.statehub.sidecar.kubernetes.ObservedKubernetes;
import io.statehub.sidecar.testing.Look;
import io.statehub.sidecar.testing.Sighting;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import java.util.List;

/**
 * A {@link Story} of what we see and of what Kubernetes says of it, both sound but for what a test changes: for tests
 * of findings that rest on Kubernetes.
 */
abstract class KubernetesStory {

    final Story story = Story.ofSoundCluster();
    final FixtureCluster cluster = FixtureCluster.sound(story.now().wallClock());
    final ObservedKubernetes kubernetes = ObservedKubernetes.of(cluster);

    /** Everything sound but this and what the test has changed, seen once more. */
    void look(Sighting... otherwise) {
        story.next(sound().but(otherwise).sightings());
    }

    Look sound() {
        return Look.SOUND.but(kubernetes.sighting());
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
