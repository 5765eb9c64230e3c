package io.statehub.sidecar.kubernetes;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.statehub.sidecar.testing.fuzz.Fuzz;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever an object of Kubernetes holds, it is read, or known to be malformed. */
class ObjectFuzzTest {

    private static final int MOST_CHANGES = 4;

    private static final List<ObjectKind<?>> KINDS = List.of(
            OperatorObjects.CLUSTERS,
            OperatorObjects.FAILOVER_QUORUMS,
            OperatorObjects.BACKUPS,
            OperatorObjects.SCHEDULED_BACKUPS,
            OperatorObjects.OBJECT_STORES,
            CoreObjects.NODES,
            CoreObjects.INSTANCE_PODS,
            CoreObjects.API_PODS,
            CoreObjects.CLAIMS,
            CoreObjects.LEASES,
            LonghornObjects.VOLUMES,
            LonghornObjects.ENGINES,
            LonghornObjects.REPLICAS);

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "92233720368547758089223372036854775808",
            "\"\"",
            "\"9\"",
            "\"2026-13-45T99:99:99Z\"",
            "\"99999999999Gi\"",
            "\"\\u202e\"",
            "[]",
            "[null]",
            "[{}]",
            "{}",
            "{\"a\":{\"b\":[1]}}");

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void everyObjectIsReadOrKnownToBeMalformed() throws IOException {
        List<byte[]> sound = new ArrayList<>();
        for (GenericKubernetesResource object :
                FixtureCluster.sound(Instant.now()).objects()) {
            sound.add(mapper.writeValueAsBytes(object));
        }
        Fuzz.each("Kubernetes objects", 5_000, input -> {
            byte[] bytes = input.oneOf(sound);
            if (input.random().nextInt(4) == 0) {
                bytes = input.changed(bytes);
            } else {
                JsonNode tree = mapper.readTree(bytes);
                for (int change = input.random().nextInt(MOST_CHANGES) + 1; change > 0; change--) {
                    replaceSomewhere(tree, input);
                }
                bytes = mapper.writeValueAsBytes(tree);
            }
            return read(bytes, input);
        });
    }

    private boolean read(byte[] bytes, Fuzz input) throws IOException {
        GenericKubernetesResource object;
        try {
            object = mapper.readValue(bytes, GenericKubernetesResource.class);
        } catch (JacksonException noObject) {
            return false;
        }
        if (object == null || object.getMetadata() == null) {
            // The client has no name for it, and tells nobody of it.
            return false;
        }
        try {
            input.oneOf(KINDS).read(object);
            KINDS.stream()
                    .filter(kind -> kind.definition().getKind().equals(object.getKind()))
                    .forEach(kind -> kind.read(object));
            return true;
        } catch (MalformedObjectException malformed) {
            return false;
        }
    }

    private void replaceSomewhere(JsonNode tree, Fuzz input) throws IOException {
        List<Runnable> places = new ArrayList<>();
        JsonNode value = mapper.readTree(input.oneOf(VALUES));
        collect(tree, value, places);
        if (!places.isEmpty()) {
            input.oneOf(places).run();
        }
    }

    private static void collect(JsonNode node, JsonNode value, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> places.add(() -> object.set(name, value)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                places.add(() -> array.set(at, value));
            }
        }
        node.forEach(child -> collect(child, value, places));
    }
}
