package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.HeartbeatSettings;
import io.statehub.sidecar.config.HostName;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Who writes heartbeats, and where.
 *
 * @param schema as {@code statehub.heartbeat.schema} allows it
 * @param name tells this writer from others of the same database
 * @param run tells this process from others of the same name: 16 hexadecimal digits
 * @param history how many beats are kept, from 1
 * @param quiet how long another process of the same name must have written nothing before it counts as gone
 */
public record HeartbeatWriter(String schema, String name, String run, int history, Duration quiet) {

    private static final Duration LEAST_QUIET = Duration.ofSeconds(10);
    private static final int QUIET_INTERVALS = 10;
    private static final int MAX_NAME = 253;

    /** This process as a writer, with a run of its own each time; empty without heartbeats. */
    public static Optional<HeartbeatWriter> of(HeartbeatSettings settings) {
        if (!settings.enabled()) {
            return Optional.empty();
        }
        Duration intervals = settings.interval().multipliedBy(QUIET_INTERVALS);
        return Optional.of(new HeartbeatWriter(
                settings.schema(),
                settings.writer().orElseGet(() -> fit(HostName.get())),
                HexFormat.of().toHexDigits(new SecureRandom().nextLong()),
                settings.history(),
                intervals.compareTo(LEAST_QUIET) > 0 ? intervals : LEAST_QUIET));
    }

    /** What a writer may be called, from any text. */
    static String fit(String host) {
        String name = host.replaceAll("[^A-Za-z0-9._-]", "-");
        return name.substring(0, Math.min(MAX_NAME, name.length()));
    }

    /** A table of the schema, as it is written in a statement. */
    String table(String name) {
        return HeartbeatSchema.quoted(schema) + "." + name;
    }
}
