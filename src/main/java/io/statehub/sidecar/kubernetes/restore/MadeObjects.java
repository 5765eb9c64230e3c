package io.statehub.sidecar.kubernetes.restore;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.statehub.sidecar.time.Moment;
import io.statehub.sidecar.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What a drill has made, and must delete again. Each is called {@code Kind namespace/name}. */
final class MadeObjects {

    private static final int CONFLICT = 409;
    /** From here on the server has answered, and below {@link #SERVER_ERRORS} it has refused. */
    private static final int REFUSALS = 400;

    private static final int SERVER_ERRORS = 500;

    /** Time for what was deleted to be gone; a cluster ends its instance first. */
    private static final Duration GONE = Duration.ofMinutes(3);

    private final DrillObjects objects;
    private final TimeSource time;
    private final Runnable pause;

    /** The newest first. */
    private final Deque<Made> made = new ArrayDeque<>();

    private record Made(DrillKind kind, String namespace, String name) {

        @Override
        public String toString() {
            return kind.word() + " " + namespace + "/" + name;
        }
    }

    /** With nothing made; {@code pause} waits until it is worth looking again, some seconds. */
    MadeObjects(DrillObjects objects, TimeSource time, Runnable pause) {
        this.objects = objects;
        this.time = time;
        this.pause = pause;
    }

    /**
     * Makes an object and says which. What is there already is not ours to delete; what may have been made, is.
     *
     * @throws DrillStepException if it is there already
     * @throws KubernetesClientException if the server has refused it, or has not answered
     */
    String make(DrillKind kind, GenericKubernetesResource object) throws DrillStepException {
        Made one = new Made(
                kind, object.getMetadata().getNamespace(), object.getMetadata().getName());
        try {
            objects.create(kind, object);
            made.push(one);
            return one.toString();
        } catch (KubernetesClientException e) {
            if (e.getCode() == CONFLICT) {
                throw new DrillStepException(
                        one + " is there already, perhaps of a drill that was killed: delete it first");
            }
            if (e.getCode() < REFUSALS || e.getCode() >= SERVER_ERRORS) {
                made.push(one);
            }
            throw e;
        }
    }

    boolean isEmpty() {
        return made.isEmpty();
    }

    /** All of them, the newest first. */
    List<String> names() {
        return made.stream().map(Made::toString).toList();
    }

    /**
     * Deletes all of them, the newest first, and waits until they are gone.
     *
     * @param stopped whether to wait no longer
     * @return those that stay, each with the reason
     */
    List<String> delete(BooleanSupplier stopped) {
        List<String> stays = new ArrayList<>();
        for (Made one : made) {
            gone(one, stopped).ifPresent(why -> stays.add(one + " (" + why + ")"));
        }
        return stays;
    }

    /** Why it isn't gone; empty if it is. */
    private Optional<String> gone(Made one, BooleanSupplier stopped) {
        try {
            objects.delete(one.kind(), one.namespace(), one.name());
            Moment begun = time.now();
            while (objects.get(one.kind(), one.namespace(), one.name()).isPresent()) {
                if (stopped.getAsBoolean()) {
                    return Optional.of("being deleted");
                }
                if (time.now().since(begun).compareTo(GONE) > 0) {
                    return Optional.of("not gone after " + GONE.toSeconds() + " s");
                }
                pause.run();
            }
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of("the API server: " + e.getMessage());
        }
    }
}
