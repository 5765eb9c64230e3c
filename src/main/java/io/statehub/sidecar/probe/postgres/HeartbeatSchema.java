package io.statehub.sidecar.probe.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The tables of the heartbeats, as the SQL file beside the classes makes them. */
public final class HeartbeatSchema {

    /** The version that the file makes, and the only one that is written to. */
    public static final int VERSION = 1;

    public static final String DEFAULT_NAME = "statehub_sidecar";
    public static final String DEFAULT_ROLE = "state_hub_sidecar";

    private static final String RESOURCE = "/io/statehub/sidecar/heartbeat.sql";

    private HeartbeatSchema() {}

    /**
     * The statements that make the schema and grant what a sidecar needs.
     *
     * @param schema a plain lower-case identifier
     * @param role the role that the sidecar logs in as
     */
    public static String sql(String schema, String role) {
        String quoted = '"' + role.replace("\"", "\"\"") + '"';
        return text().replace(DEFAULT_NAME, schema).replace(" TO " + DEFAULT_ROLE + ";", " TO " + quoted + ";");
    }

    private static String text() {
        try (InputStream in = HeartbeatSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " was not packaged");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
