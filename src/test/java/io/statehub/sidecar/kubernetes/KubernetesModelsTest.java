package io.statehub.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.drill.trigger.KubernetesTrigger;
import io.statehub.sidecar.drill.trigger.KubernetesTrigger.Fault;
import io.statehub.sidecar.drill.trigger.NothingToUndo;
import io.statehub.sidecar.kubernetes.restore.DrillKind;
import io.statehub.sidecar.kubernetes.restore.ServedObjects;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import io.statehub.sidecar.testing.kubernetes.NativeModels;
import io.statehub.sidecar.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the native executable is told of the client's models: everything that is read, and no model that isn't. */
class KubernetesModelsTest {

    private static final String MODELS = "io.fabric8.kubernetes.api.model.";
    private static final String SERVICE = "META-INF/services/" + KubernetesResource.class.getName();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final EventPoster.EventDraft EVENT =
            new EventPoster.EventDraft("FailoverStarted", "pg-1-t7", true, "pg-1 refused", Optional.of("uid-1"));

    private final ObjectMapper mapper = new ObjectMapper();

    /** What is asked of Kubernetes anywhere is asked once, and what the client read and wrote meanwhile counts. */
    @Test
    void everyModelThatIsReadOrWrittenIsRegisteredWithAllThatItHoldsAndNoOtherIs() throws Exception {
        Set<Class<?>> roots = new HashSet<>(usedByAllThatIsAsked());
        roots.addAll(NativeModels.knownByKind());
        // The kubeconfig, which is read before there is a client.
        roots.add(Config.class);
        roots.addAll(listsOf(roots));

        assertThat(NativeModels.registered())
                .extracting(Class::getName)
                .containsExactlyInAnyOrderElementsOf(heldBy(roots));
    }

    private static Set<Class<?>> usedByAllThatIsAsked() throws Exception {
        NativeModels models = new NativeModels();
        LinkSettings settings = LinkSettings.of(FixtureCluster.NAMESPACE, FixtureCluster.CLUSTER, "state-hub-0");
        try (KeepingApiServer server = new KeepingApiServer().with(FixtureCluster.sound(Instant.EPOCH));
                KubernetesClient client = server.client(models);
                KubernetesLink link = new KubernetesLink(client, settings, TimeSource.system())) {
            link.start();
            await().atMost(SOON).until(() -> link.settled() && link.leadership().acts());
            link.events().post(EVENT);
            for (Fault fault : List.of(Fault.SWITCHOVER, Fault.DELETE_PRIMARY_POD)) {
                trigger(fault, client).fire(new NothingToUndo());
            }
            assertThat(new ServedObjects(client).get(DrillKind.CLUSTER, FixtureCluster.NAMESPACE, "none"))
                    .isEmpty();
            await().atMost(SOON).untilAsserted(() -> assertThat(models.used()).contains(Event.class, WatchEvent.class));
            // An answer that is no JSON.
            assertThatThrownBy(() -> client.getKubernetesSerialization().unmarshal("<html/>", Status.class))
                    .hasCauseInstanceOf(JsonProcessingException.class);
            return models.used();
        }
    }

    private static KubernetesTrigger trigger(Fault fault, KubernetesClient client) {
        return new KubernetesTrigger(
                fault,
                () -> client,
                Optional.of(FixtureCluster.NAMESPACE),
                FixtureCluster.CLUSTER,
                TimeSource.system());
    }

    /** A kind's list has its name and "List" behind it, by which the client finds it. */
    private static List<Class<?>> listsOf(Set<Class<?>> kinds) throws ClassNotFoundException {
        List<Class<?>> lists = new ArrayList<>();
        for (Class<?> kind : kinds) {
            if (HasMetadata.class.isAssignableFrom(kind)) {
                lists.add(Class.forName(kind.getName() + "List"));
            }
        }
        return lists;
    }

    @Test
    void clientsOfTestsNeitherReadNorWriteAModelThatIsNotRegistered() {
        try (KeepingApiServer server = new KeepingApiServer();
                KubernetesClient client = server.client()) {
            String refused = Pod.class.getName() + " is not registered for reflection";

            assertThatThrownBy(() -> client.resource(new Pod()).create()).hasStackTraceContaining(refused);
            assertThatThrownBy(() -> client.getKubernetesSerialization().unmarshal("{}", Pod.class))
                    .hasStackTraceContaining(refused);
        }
    }

    /** A newer client with one more module of models would register them all again. */
    @Test
    void everyModuleOfModelsIsKeptOutOfTheIndexAndTheServices() throws IOException {
        Properties settings = settings();

        for (String marker : List.of("META-INF/jandex.idx", SERVICE)) {
            for (URL found : Collections.list(getClass().getClassLoader().getResources(marker))) {
                String jar = found.getPath().replaceAll("!.*", "").replaceAll(".*/", "");
                if (jar.startsWith("kubernetes-model-")) {
                    String module = jar.replaceAll("-\\d.*", "");
                    assertThat(settings.getProperty(
                                    "quarkus.class-loading.removed-resources.\"io.fabric8:" + module + "\""))
                            .as(module)
                            .contains(marker);
                }
            }
        }
    }

    private static Properties settings() throws IOException {
        Properties settings = new Properties();
        try (InputStream in = KubernetesModelsTest.class.getResourceAsStream("/application.properties")) {
            settings.load(in);
        }
        return settings;
    }

    /**
     * The models by name, with the types of their properties, what these hold, and the classes that read and write
     * them.
     */
    private Set<String> heldBy(Set<Class<?>> roots) {
        Set<String> names = new TreeSet<>();
        Deque<JavaType> next = new ArrayDeque<>();
        roots.forEach(root -> next.add(mapper.constructType(root)));
        while (!next.isEmpty()) {
            JavaType type = next.remove();
            next.addAll(type.containedTypeCount() > 0 ? type.getBindings().getTypeParameters() : List.of());
            Class<?> raw = type.getRawClass();
            if (raw.getName().startsWith(MODELS) && !raw.isInterface() && names.add(raw.getName())) {
                codecs(raw).forEach(codec -> names.add(codec.getName()));
                next.addAll(properties(type));
                if (type.getSuperClass() != null) {
                    next.add(type.getSuperClass());
                }
            }
        }
        return names;
    }

    private List<JavaType> properties(JavaType type) {
        BeanDescription read = mapper.getDeserializationConfig().introspect(type);
        BeanDescription written = mapper.getSerializationConfig().introspect(type);
        List<JavaType> types = new ArrayList<>();
        read.findProperties().forEach(property -> types.add(property.getPrimaryType()));
        written.findProperties().forEach(property -> types.add(property.getPrimaryType()));
        return types;
    }

    private static List<Class<?>> codecs(Class<?> model) {
        List<Class<?>> codecs = new ArrayList<>();
        JsonDeserialize reads = model.getAnnotation(JsonDeserialize.class);
        JsonSerialize writes = model.getAnnotation(JsonSerialize.class);
        if (reads != null) {
            codecs.add(reads.using());
        }
        if (writes != null) {
            codecs.add(writes.using());
        }
        codecs.removeIf(codec -> !codec.getName().startsWith(MODELS));
        return codecs;
    }
}
