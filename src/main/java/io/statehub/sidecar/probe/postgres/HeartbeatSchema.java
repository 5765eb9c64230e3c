package io.statehub.sidecar.probe.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The schema that heartbeats are kept in, and the SQL that makes it. */
public final class HeartbeatSchema {

    /** The version that this release reads and writes; it touches no other. */
    public static final int VERSION = 1;

    private static final String RESOURCE = "/io/statehub/sidecar/heartbeat.sql";

    /** How the resource writes what a user may choose: the schema and the role. */
    private static final String DEFAULT_SCHEMA = "statehub_sidecar";

    /** The advice on what to replace, which is for who takes the resource as it is. */
    private static final Pattern ADVICE = Pattern.compile("-- Replace (?s:.*?)\\R--\\R");

    private static final Pattern DEFAULT_NAMES = Pattern.compile(DEFAULT_SCHEMA + "|state_hub_sidecar");

    private HeartbeatSchema() {}

    /**
     * The statements that make the schema; run twice, they change nothing.
     *
     * @param schema its name, as {@code statehub.heartbeat.schema} allows it
     * @param role who is to write, as {@code statehub.heartbeat.role} allows it
     */
    public static String script(String schema, String role) {
        // In one pass: the name that is put in for one may contain the other.
        return DEFAULT_NAMES
                .matcher(ADVICE.matcher(resource()).replaceFirst(""))
                .replaceAll(found ->
                        Matcher.quoteReplacement(quoted(DEFAULT_SCHEMA.equals(found.group()) ? schema : role)));
    }

    /** A name as it must be written if it could be a keyword or have capitals. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String resource() {
        try (InputStream in = HeartbeatSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
