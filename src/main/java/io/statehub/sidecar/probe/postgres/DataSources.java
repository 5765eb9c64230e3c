package io.statehub.sidecar.probe.postgres;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalDataSourceConfiguration.DataSourceImplementation;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.AgroalSecurityProvider;
import io.agroal.pool.ConnectionHandler;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.statehub.sidecar.config.PostgresSettings;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Makes a data source for each target.
 *
 * <p>Agroal without a pool: a target has one connection, which its probe holds, so a pool's housekeeping thread and its
 * queue of connection attempts to a dead host would be pure cost (decision 0002). It connects on the probe's own thread
 * and allows no second connection.
 *
 * <p>Without the extension that knows of it, Agroal's arrays, which it makes by reflection, are registered here.
 */
@RegisterForReflection(
        targets = {ConnectionHandler[].class, Statement[].class, ResultSet[].class},
        ignoreNested = true)
final class DataSources {

    static final String APPLICATION_NAME = "state-hub-sidecar";

    /** All statements that are used exist from this release on; told so, the driver saves a round trip. */
    private static final String MIN_SERVER_VERSION = "14";

    private static final AgroalSecurityProvider LOGINS = credential -> {
        Properties properties = new Properties();
        if (credential instanceof Login login) {
            properties.setProperty("user", login.user());
            login.current().ifPresent(text -> properties.setProperty("password", text));
        }
        return properties;
    };

    private final PostgresSettings settings;
    private final Login login;
    private final Duration deadline;

    /** @param deadline time that a probe has for connecting and asking */
    DataSources(PostgresSettings settings, Duration deadline) {
        this.settings = settings;
        Password password =
                settings.passwordFile().map(Password::inFile).orElseGet(() -> Password.fixed(settings.password()));
        this.login = new Login(settings.username(), password);
        this.deadline = deadline;
    }

    /** A source of connections to a member, which can only read. */
    Connector toMember(String jdbcUrl) {
        return connector(jdbcUrl, "-c default_transaction_read_only=on", "any");
    }

    /** A source of connections to whatever the write endpoint leads to. */
    Connector toWriteEndpoint(String jdbcUrl, boolean severalHosts) {
        return connector(jdbcUrl, "", severalHosts ? "primary" : "any");
    }

    private Connector connector(String jdbcUrl, String options, String targetServerType) {
        var configuration = new AgroalDataSourceConfigurationSupplier()
                .dataSourceImplementation(DataSourceImplementation.AGROAL_POOLLESS)
                .connectionPoolConfiguration(pool -> pool.maxSize(1)
                        .acquisitionTimeout(deadline)
                        .connectionFactoryConfiguration(factory -> {
                            factory.connectionProviderClass(Driver.class)
                                    .jdbcUrl(jdbcUrl)
                                    .credential(login)
                                    .addSecurityProvider(LOGINS);
                            parameters(options, targetServerType).forEach(factory::jdbcProperty);
                            return factory;
                        }))
                .get();
        // Not AgroalDataSource.from(): it looks its own class up as a service, which a native image would have to be
        // told.
        AgroalDataSource source = new io.agroal.pool.DataSource(configuration);
        return () -> {
            // Before Agroal counts a connection as being made: it forgets to take back the count when a login throws
            // anything but an SQLException, and would then refuse every further connection.
            login.refresh();
            return source.getConnection();
        };
    }

    private Map<String, String> parameters(String options, String targetServerType) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("ApplicationName", APPLICATION_NAME);
        parameters.put("assumeMinServerVersion", MIN_SERVER_VERSION);
        parameters.put("preferQueryMode", "simple");
        parameters.put("connectTimeout", wholeSeconds(deadline));
        parameters.put("socketTimeout", wholeSeconds(deadline));
        parameters.put("tcpKeepAlive", "true");
        parameters.put("gssEncMode", "disable");
        parameters.put("targetServerType", targetServerType);
        parameters.put("sslmode", settings.sslmode().parameter());
        settings.sslrootcert().ifPresent(file -> parameters.put("sslrootcert", file.toString()));
        // The server gives up before we do, so that a statement behind a lock doesn't cost the connection's socket.
        parameters.put("options", "-c statement_timeout=" + deadline.toMillis() * 3 / 4 + " " + options);
        return parameters;
    }

    private static String wholeSeconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }
}
