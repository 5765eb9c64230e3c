package io.statehub.sidecar.observation;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks through what an exception was caused by. */
public final class Causes {

    /** Chains are three or four long; the bound is for one that leads back to itself. */
    private static final int MAX_LENGTH = 20;

    private Causes() {}

    /** An exception and what caused it, the outermost first. */
    public static Stream<Throwable> of(Throwable thrown) {
        return Stream.<@Nullable Throwable>iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(MAX_LENGTH);
    }

    /** The outermost of one type. */
    public static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
        return of(thrown).filter(type::isInstance).map(type::cast).findFirst();
    }
}
