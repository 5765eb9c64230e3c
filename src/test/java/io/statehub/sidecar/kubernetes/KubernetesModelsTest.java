package io.statehub.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseList;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the native executable is told of the client's models: everything that is read, and no model that isn't. */
class KubernetesModelsTest {

    private static final String MODELS = "io.fabric8.kubernetes.api.model.";
    private static final String SERVICE = "META-INF/services/" + KubernetesResource.class.getName();
    private static final List<Class<?>> READ = List.of(
            GenericKubernetesResource.class,
            GenericKubernetesResourceList.class,
            WatchEvent.class,
            Status.class,
            Lease.class,
            LeaseList.class,
            Event.class,
            EventList.class,
            Config.class);

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void everyModelThatIsReadOrWrittenIsRegisteredWithAllThatItHolds() {
        Set<String> registered = new TreeSet<>();
        for (Class<?> target : KubernetesModels.class
                .getAnnotation(RegisterForReflection.class)
                .targets()) {
            registered.add(target.getName());
        }

        assertThat(registered).containsExactlyInAnyOrderElementsOf(heldBy(READ));
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

    @Test
    void everyKindThatIsKnownByNameIsRegistered() throws IOException {
        URL ours = Collections.list(getClass().getClassLoader().getResources(SERVICE)).stream()
                .filter(found -> found.getProtocol().equals("file"))
                .findFirst()
                .orElseThrow();
        try (InputStream in = ours.openStream()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .isNotEmpty()
                    .isSubsetOf(heldBy(READ));
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
    private Set<String> heldBy(List<Class<?>> roots) {
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
