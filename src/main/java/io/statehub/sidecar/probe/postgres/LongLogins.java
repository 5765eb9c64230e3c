package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.HostAndPort;
import io.statehub.sidecar.config.PostgresSettings;
import io.statehub.sidecar.config.PostgresUrl;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.postgresql.Driver;

/**
 * Logs in for work that a command does in minutes or hours, where a probe has a second. What protects the connection is
 * as the settings say; how long a statement may take is the caller's.
 */
public final class LongLogins {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final PostgresSettings settings;
    private final PostgresUrl url;
    private final String user;
    private final Password password;
    private final Duration silence;
    private final Driver driver = new Driver();

    private LongLogins(PostgresSettings settings, PostgresUrl url, String user, Password password, Duration silence) {
        this.settings = settings;
        this.url = url;
        this.user = user;
        this.password = password;
        this.silence = silence;
    }

    /**
     * As the role of the settings.
     *
     * @param silence how long a server may take over one answer, in whole seconds from 1
     */
    public static LongLogins asConfigured(PostgresSettings settings, PostgresUrl url, Duration silence) {
        Password password =
                settings.passwordFile().map(Password::inFile).orElseGet(() -> Password.fixed(settings.password()));
        return new LongLogins(settings, url, settings.username(), password, silence);
    }

    /** As another role, with its password in a file or without one. */
    public static LongLogins as(
            String user, Optional<Path> passwordFile, PostgresSettings settings, PostgresUrl url, Duration silence) {
        Password password = passwordFile.map(Password::inFile).orElseGet(() -> Password.fixed(Optional.empty()));
        return new LongLogins(settings, url, user, password, silence);
    }

    /** As another role, with a password that is known here. */
    public static LongLogins with(
            String user, String password, PostgresSettings settings, PostgresUrl url, Duration silence) {
        return new LongLogins(settings, url, user, Password.fixed(Optional.of(password)), silence);
    }

    public PostgresUrl url() {
        return url;
    }

    public String user() {
        return user;
    }

    /**
     * Logs in at the first of the hosts that lets us.
     *
     * @throws SQLException if none does, or its password can't be read
     */
    public Connection open() throws SQLException {
        SQLException failed = null;
        for (HostAndPort host : hosts()) {
            try {
                Connection made = driver.connect("jdbc:postgresql://" + host + "/", properties());
                if (made != null) {
                    return made;
                }
            } catch (SQLException e) {
                failed = e;
            }
        }
        throw failed != null ? failed : new SQLException("the driver doesn't take " + url.hosts());
    }

    private List<HostAndPort> hosts() {
        return url.addresses();
    }

    private Properties properties() throws SQLException {
        Properties properties = Logins.common(settings, user, url.database(), password());
        properties.setProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
        properties.setProperty("loginTimeout", Long.toString(CONNECT.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(Math.max(1, silence.toSeconds())));
        return properties;
    }

    /**
     * The password as it is now, for a program that logs in by itself.
     *
     * @throws SQLException if its file can't be read
     */
    public Optional<String> password() throws SQLException {
        try {
            return password.read();
        } catch (Password.UnreadablePasswordException e) {
            throw new SQLException(e.getMessage(), "28000", e);
        }
    }

    /** One line for a person: what failed, without what a server says of us. */
    public static String reason(SQLException failure) {
        return SqlFailures.of(failure).detail();
    }

    /** The hosts and the database, for people. */
    public String described() {
        return url.addresses().stream().map(HostAndPort::toString).collect(Collectors.joining(",")) + "/"
                + url.database();
    }
}
