package io.statehub.sidecar.drill.restore.server;

import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.drill.restore.AsOf;
import io.statehub.sidecar.drill.restore.Comparison;
import io.statehub.sidecar.drill.restore.ComparisonResult;
import io.statehub.sidecar.drill.restore.Manifest;
import io.statehub.sidecar.probe.postgres.LabPostgresSettings;
import io.statehub.sidecar.probe.postgres.LongLogins;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.PostgresServer;
import io.statehub.sidecar.time.TimeSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Two databases of one server, of which the second speaks another way: what one holds can be compared with what the
 * other does.
 */
final class TwinDatabases {

    static final String ONE = "twin_one";
    static final String OTHER = "twin_other";

    /** Whatever a database, a role or a driver may have set. */
    private static final List<String> OTHER_WAYS = List.of(
            "TimeZone = 'Asia/Kathmandu'",
            "DateStyle = 'SQL, DMY'",
            "IntervalStyle = 'sql_standard'",
            "extra_float_digits = -3",
            "bytea_output = 'escape'",
            "client_encoding = 'LATIN1'",
            "search_path = 'elsewhere'",
            "xmlbinary = 'hex'",
            "quote_all_identifiers = on");

    private final PostgresLab lab;
    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

    TwinDatabases(PostgresLab lab) {
        this.lab = lab;
    }

    void create() {
        for (String name : List.of(ONE, OTHER)) {
            primary().execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            primary().execute("CREATE DATABASE " + name);
        }
        OTHER_WAYS.forEach(setting -> primary().execute("ALTER DATABASE " + OTHER + " SET " + setting));
    }

    private PostgresServer primary() {
        return lab.primary().server();
    }

    void inBoth(String sql) {
        in(ONE, sql);
        in(OTHER, sql);
    }

    void in(String database, String sql) {
        primary().executeIn(database, sql);
    }

    static ReadingLimits limits(int records) {
        return new ReadingLimits(2, OptionalLong.empty(), Duration.ofMinutes(2), Duration.ofMillis(200), 3, records);
    }

    LongLogins logins(String database, String role, String password) {
        return logins(primary(), database, role, password);
    }

    LongLogins logins(PostgresServer server, String database, String role, String password) {
        return LongLogins.with(
                role,
                password,
                LabPostgresSettings.of(lab),
                PostgresUrl.of(server.jdbcUrl(database)),
                Duration.ofSeconds(150));
    }

    Manifest manifest(String database) throws SQLException, InterruptedException {
        return manifest(
                logins(database, LabRoles.SUPERUSER, LabRoles.SUPERUSER_PASSWORD), limits(100), Optional.empty());
    }

    Manifest manifest(LongLogins logins, ReadingLimits limits, Optional<Manifest> compared)
            throws SQLException, InterruptedException {
        ReadingProgress progress = new ReadingProgress(notes::add);
        return new ManifestReader(logins, limits, progress, TimeSource.system(), Map.of())
                .read(compared, snapshot -> {});
    }

    /** What was said while reading, so far. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /** The second database beside the manifest of the first. */
    ComparisonResult compared() throws SQLException, InterruptedException {
        Manifest expected = manifest(ONE);
        LongLogins other = logins(OTHER, LabRoles.SUPERUSER, LabRoles.SUPERUSER_PASSWORD);
        return Comparison.of(expected, manifest(other, limits(100), Optional.of(expected)), AsOf.SAME);
    }
}
