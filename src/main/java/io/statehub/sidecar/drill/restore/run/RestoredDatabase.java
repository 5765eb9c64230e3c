package io.statehub.sidecar.drill.restore.run;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a backup is restored, for programs that log in there by themselves.
 *
 * @param password that the role logs in with; empty if it needs none
 * @param transport what libpq has to know of encryption, by its variables; empty for what it does by itself
 */
public record RestoredDatabase(
        String host, int port, String user, Optional<String> password, String database, Map<String, String> transport) {

    public RestoredDatabase {
        transport = Map.copyOf(transport);
    }

    /** The variables that lead libpq, and all that is made with it, there. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(transport);
        environment.put("PGHOST", host);
        environment.put("PGPORT", Integer.toString(port));
        environment.put("PGUSER", user);
        environment.put("PGDATABASE", database);
        password.ifPresent(text -> environment.put("PGPASSWORD", text));
        return environment;
    }

    /** The same as a URL, with the password in it. */
    public String url() {
        String login = encoded(user) + password.map(text -> ":" + encoded(text)).orElse("");
        String at = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return "postgresql://" + login + "@" + at + ":" + port + "/" + encoded(database);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Hides the password. */
    @Override
    public String toString() {
        return database + " at " + host + ":" + port + " as " + user;
    }
}
