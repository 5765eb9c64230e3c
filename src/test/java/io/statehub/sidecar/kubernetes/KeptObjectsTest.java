package io.statehub.sidecar.kubernetes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.statehub.sidecar.observation.kubernetes.NodeState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptObjectsTest {

    private static final long ROOM = 100 << 10;

    private final KeptObjects<NodeState> nodes = new KeptObjects<>(CoreObjects.NODES, ROOM);

    private static GenericKubernetesResource node(String name, int version, Object status) {
        GenericKubernetesResource node = new GenericKubernetesResource();
        node.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withResourceVersion(Integer.toString(version))
                .build());
        node.setAdditionalProperty("status", status);
        return node;
    }

    private static GenericKubernetesResource ready(String name, int version) {
        return node(name, version, Map.of("conditions", List.of(Map.of("type", "Ready", "status", "True"))));
    }

    private void put(GenericKubernetesResource node) {
        nodes.put(nodes.getKey(node), node);
    }

    private GenericKubernetesResource kept(String name) {
        return requireNonNull(nodes.get(name));
    }

    private List<String> names() {
        return nodes.current().objects().stream().map(NodeState::name).toList();
    }

    @Test
    void objectsAreInTheOrderOfTheirNamesAndThoseThatCantBeReadAreNamed() {
        put(ready("b", 1));
        put(node("c", 1, "fine"));
        put(ready("a", 1));

        assertThat(names()).containsExactly("a", "b");
        assertThat(nodes.current().malformed()).singleElement().asString().startsWith("nodes/c: status");
    }

    @Test
    void theClientFindsWhatItComparesByAndNoMore() {
        put(node("a", 7, Map.of("images", List.of("an image"))));

        GenericKubernetesResource kept = kept("a");
        assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(kept.getAdditionalProperties()).isEmpty();
        assertThat(nodes.keySet()).containsExactly("a");
        assertThat(nodes.values()).containsExactly(kept);
        assertThat(nodes.size()).isEqualTo(1);
    }

    @Test
    void anObjectThatChangesWithoutAnEndTakesItsOwnPlace() {
        for (int version = 1; version <= 10_000; version++) {
            put(ready("a", version));
        }

        assertThat(nodes.overfull()).isFalse();
        assertThat(kept("a").getMetadata().getResourceVersion()).isEqualTo("10000");
    }

    @Test
    void objectsThatComeAndGoLeaveTheirPlaceToOthers() {
        for (int number = 1; number <= 10_000; number++) {
            put(ready("n" + number, 1));
            nodes.remove("n" + number);
        }

        assertThat(nodes.overfull()).isFalse();
        assertThat(nodes.size()).isZero();
        assertThat(nodes.remove("n1")).isNull();
    }

    @Test
    void whatIsNotUsedOfAnObjectTakesNoRoom() {
        Object status = Map.of("images", List.of("i".repeat((int) ROOM)));
        put(node("a", 1, status));

        assertThat(nodes.overfull()).isFalse();
        assertThat(names()).containsExactly("a");
    }

    @Test
    void moreThanThereIsRoomForIsNotKept() {
        int many = 1000;
        for (int number = 1; number <= many; number++) {
            put(ready("n" + number, 1));
        }

        assertThat(nodes.overfull()).isTrue();
        assertThat(nodes.size()).isBetween(50, many / 2);
    }

    @Test
    void oneObjectMayNotTakeItAllEither() {
        put(ready("n".repeat((int) ROOM), 1));

        assertThat(nodes.overfull()).isTrue();
        assertThat(nodes.size()).isZero();
    }
}
