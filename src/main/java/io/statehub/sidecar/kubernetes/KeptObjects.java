package io.statehub.sidecar.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.statehub.sidecar.observation.kubernetes.Watched;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the objects of one kind, in the place of the client's own store. Of a node that is some hundred
 * bytes, where the object has tens of thousands; and of all objects it is no more than this process has room for, since
 * neither their number nor their size is up to us.
 */
final class KeptObjects<T> implements ItemStore<GenericKubernetesResource> {

    /** Of each of thirteen kinds. */
    private static final int PART_OF_THE_HEAP = 32;

    /** Of an object with nothing in it: the map's entry, metadata, and the objects that hold the rest. */
    private static final long BYTES_OF_AN_OBJECT = 400;

    private static final long BYTES_OF_A_CHARACTER = 2;

    private final ObjectKind<T> kind;
    private final long room;
    private final Map<String, Kept<T>> objects = new ConcurrentHashMap<>();
    private long taken;
    private volatile boolean overfull;

    /** @param room how many bytes may be kept, roughly; see {@link #room} */
    KeptObjects(ObjectKind<T> kind, long room) {
        this.kind = kind;
        this.room = room;
    }

    /** How many bytes may be kept of one kind in a heap of that many. */
    static long room(long heap) {
        return heap / PART_OF_THE_HEAP;
    }

    /**
     * What is kept of one object.
     *
     * @param identity what the client needs to tell it from others and from itself before
     * @param malformed what is wrong with it, if it can't be read
     * @param bytes how much it takes, roughly
     */
    private record Kept<T>(GenericKubernetesResource identity, List<T> values, Optional<String> malformed, long bytes) {

        static <T> Kept<T> of(GenericKubernetesResource identity, List<T> values, Optional<String> malformed) {
            ObjectMeta metadata = identity.getMetadata();
            int characters = Stream.of(
                            metadata.getName(),
                            metadata.getNamespace(),
                            metadata.getUid(),
                            metadata.getResourceVersion(),
                            // Their text has all that they hold.
                            values.toString(),
                            malformed.orElse(""))
                    .filter(Objects::nonNull)
                    .mapToInt(String::length)
                    .sum();
            return new Kept<>(identity, values, malformed, BYTES_OF_AN_OBJECT + BYTES_OF_A_CHARACTER * characters);
        }

        String name() {
            return String.valueOf(identity.getMetadata().getName());
        }
    }

    /** Whether there was more than there is room for, so that not all objects are here. */
    boolean overfull() {
        return overfull;
    }

    /** All that is kept, by name. */
    Watched.Current<T> current() {
        List<T> readable = new ArrayList<>();
        List<String> malformed = new ArrayList<>();
        objects.values().stream().sorted(Comparator.comparing(Kept::name)).forEach(kept -> {
            readable.addAll(kept.values());
            kept.malformed().ifPresent(malformed::add);
        });
        return new Watched.Current<>(readable, malformed);
    }

    @Override
    public String getKey(GenericKubernetesResource object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    @Override
    public synchronized @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource object) {
        Kept<T> next = kept(object);
        GenericKubernetesResource before = remove(key);
        if (taken + next.bytes() > room) {
            overfull = true;
            return before;
        }
        taken += next.bytes();
        objects.put(key, next);
        return before;
    }

    private Kept<T> kept(GenericKubernetesResource object) {
        GenericKubernetesResource identity = new GenericKubernetesResource();
        ObjectMeta metadata = object.getMetadata();
        identity.setMetadata(new ObjectMetaBuilder()
                .withName(metadata.getName())
                .withNamespace(metadata.getNamespace())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .build());
        try {
            return Kept.of(identity, List.copyOf(kind.read(object)), Optional.empty());
        } catch (MalformedObjectException e) {
            String which = kind.definition().getPlural() + "/" + metadata.getName();
            return Kept.of(identity, List.of(), Optional.of(which + ": " + e.getMessage()));
        }
    }

    @Override
    public synchronized @Nullable GenericKubernetesResource remove(String key) {
        Kept<T> gone = objects.remove(key);
        if (gone == null) {
            return null;
        }
        taken -= gone.bytes();
        return gone.identity();
    }

    @Override
    public Stream<String> keySet() {
        return objects.keySet().stream();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return objects.values().stream().map(Kept::identity);
    }

    @Override
    public int size() {
        return objects.size();
    }

    @Override
    public @Nullable GenericKubernetesResource get(String key) {
        Kept<T> kept = objects.get(key);
        return kept == null ? null : kept.identity();
    }

    @Override
    public boolean isFullState() {
        return false;
    }
}
