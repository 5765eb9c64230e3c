package io.statehub.sidecar.testing.kubernetes;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.cfg.HandlerInstantiator;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.jsontype.TypeIdResolver;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The client's models as a native executable has them: it reads and writes those that are registered for reflection,
 * and of the others it sees no property. Clients of tests refuse to read or write such a model, so whatever the sidecar
 * asks for in a test is registered.
 */
public final class NativeModels {

    private static final String SERVICE = "META-INF/services/" + KubernetesResource.class.getName();
    private static final Set<String> REGISTERED =
            registered().stream().map(Class::getName).collect(Collectors.toUnmodifiableSet());

    private final Set<Class<?>> used = ConcurrentHashMap.newKeySet();

    /** What {@code KubernetesModels} names. */
    public static List<Class<?>> registered() {
        return Arrays.asList(load("io.statehub.sidecar.kubernetes.KubernetesModels")
                .getAnnotation(RegisterForReflection.class)
                .targets());
    }

    /** The models that an answer is read into by its kind, by what {@code META-INF/services} of the sidecar names. */
    public static List<Class<?>> knownByKind() {
        try {
            URL ours = Collections.list(NativeModels.class.getClassLoader().getResources(SERVICE)).stream()
                    .filter(found -> found.getProtocol().equals("file"))
                    .findFirst()
                    .orElseThrow();
            try (InputStream in = ours.openStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .<Class<?>>map(NativeModels::load)
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The models of the client that were read or written so far. */
    public Set<Class<?>> used() {
        return Set.copyOf(used);
    }

    /** What a client reads and writes with, made as Quarkus makes it. */
    KubernetesSerialization serialization() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.registerModule(new SimpleModule("registered models")
                .setSerializerModifier(new BeanSerializerModifier() {
                    @Override
                    public List<BeanPropertyWriter> changeProperties(
                            SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> properties) {
                        use(bean.getBeanClass());
                        return properties;
                    }
                })
                .setDeserializerModifier(new BeanDeserializerModifier() {
                    @Override
                    public BeanDeserializerBuilder updateBuilder(
                            DeserializationConfig config, BeanDescription bean, BeanDeserializerBuilder builder) {
                        use(bean.getBeanClass());
                        return builder;
                    }
                }));
        mapper.setHandlerInstantiator(new Codecs());
        KubernetesSerialization serialization = new KubernetesSerialization(mapper, false);
        for (Class<?> known : knownByKind()) {
            serialization.registerKubernetesResource(known.asSubclass(KubernetesResource.class));
        }
        return serialization;
    }

    private void use(Class<?> type) {
        if (type.getName().startsWith("io.fabric8.kubernetes.")) {
            used.add(type);
            if (!REGISTERED.contains(type.getName())) {
                throw new IllegalStateException(
                        type.getName() + " is not registered for reflection (KubernetesModels)");
            }
        }
    }

    /** Sees which class that an annotation names is made by reflection, and leaves that to Jackson. */
    private final class Codecs extends HandlerInstantiator {

        @Override
        public @Nullable JsonDeserializer<?> deserializerInstance(
                DeserializationConfig config, Annotated annotated, Class<?> type) {
            use(type);
            return null;
        }

        @Override
        public @Nullable KeyDeserializer keyDeserializerInstance(
                DeserializationConfig config, Annotated annotated, Class<?> type) {
            use(type);
            return null;
        }

        @Override
        public @Nullable JsonSerializer<?> serializerInstance(
                SerializationConfig config, Annotated annotated, Class<?> type) {
            use(type);
            return null;
        }

        @Override
        public @Nullable TypeResolverBuilder<?> typeResolverBuilderInstance(
                MapperConfig<?> config, Annotated annotated, Class<?> type) {
            use(type);
            return null;
        }

        @Override
        public @Nullable TypeIdResolver typeIdResolverInstance(
                MapperConfig<?> config, Annotated annotated, Class<?> type) {
            use(type);
            return null;
        }
    }
}
