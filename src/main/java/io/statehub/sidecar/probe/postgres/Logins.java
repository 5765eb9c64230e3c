package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.HostAndPort;
import io.statehub.sidecar.config.PostgresSettings;
import io.statehub.sidecar.config.SslMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.postgresql.Driver;

/**
 * Logs in through the driver, as the settings say. No pool and no data source: a target has one session, which its
 * probe holds (decision 0012).
 *
 * <p>Nothing that somebody set is put into a URL but a host and a port: the driver would read parameters out of it. And
 * nothing is asked for at the start of a session that a pooler doesn't let through; {@link SessionSetup} does that.
 */
final class Logins implements Login {

    static final String APPLICATION_NAME = "state-hub-sidecar";

    /** All statements that are used exist from this release on; told so, the driver saves a round trip. */
    private static final String MIN_SERVER_VERSION = "14";

    /** What the driver allows by itself, stated: a server may ask for 2,147,483,647, which take a core for hours. */
    private static final int MOST_SCRAM_ITERATIONS = 100_000;

    private final PostgresSettings settings;
    private final String database;
    private final Password password;
    private final Driver driver = new Driver();
    private volatile Optional<String> current = Optional.empty();

    Logins(PostgresSettings settings, String database) {
        this.settings = settings;
        this.database = database;
        this.password =
                settings.passwordFile().map(Password::inFile).orElseGet(() -> Password.fixed(settings.password()));
    }

    /**
     * Reads the password again.
     *
     * @throws Password.UnreadablePasswordException if its file can't be read
     */
    void refresh() {
        current = password.read();
    }

    @Override
    public Connection connect(HostAndPort host) throws SQLException {
        String url = "jdbc:postgresql://" + host + "/";
        Connection made = driver.connect(url, properties());
        if (made == null) {
            throw new SQLException("the driver doesn't take " + url);
        }
        return made;
    }

    private Properties properties() {
        Properties properties = common(settings, settings.username(), database, current);
        properties.setProperty("preferQueryMode", "simple");
        // What counts is the exchange's. Without one the driver takes a read that is late for one that is to be tried
        // again.
        properties.setProperty("socketTimeout", "3600");
        properties.setProperty("socketFactory", WireFactory.class.getName());
        if (settings.sslmode() != SslMode.DISABLE) {
            properties.setProperty("sslfactory", CheckedTlsFactory.class.getName());
        }
        return properties;
    }

    /** What every login of ours has: who we are, and what a server may ask us for. */
    static Properties common(PostgresSettings settings, String user, String database, Optional<String> password) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("PGDBNAME", database);
        password.ifPresent(text -> properties.setProperty("password", text));
        properties.setProperty("ApplicationName", APPLICATION_NAME);
        properties.setProperty("assumeMinServerVersion", MIN_SERVER_VERSION);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("sslmode", settings.sslmode().parameter());
        settings.sslrootcert().ifPresent(file -> properties.setProperty("sslrootcert", file.toString()));
        properties.setProperty(
                "requireAuth",
                settings.allowedAuth().stream()
                        .map(method -> method.parameter())
                        .sorted()
                        .collect(Collectors.joining(",")));
        properties.setProperty("scramMaxIterations", Integer.toString(MOST_SCRAM_ITERATIONS));
        return properties;
    }
}
