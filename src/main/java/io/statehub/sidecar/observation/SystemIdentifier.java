package io.statehub.sidecar.observation;

/**
 * The number that {@code initdb} gives a cluster; its physical copies share it, and nothing else does.
 *
 * @param value as {@code pg_control_system()} returns it, to be read as 64 bits unsigned
 */
public record SystemIdentifier(long value) {

    @Override
    public String toString() {
        return Long.toUnsignedString(value);
    }
}
