package io.statehub.sidecar.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One server of the cluster.
 *
 * @param name its name in metrics and messages; with cnpg, that of its instance, which is also its
 *     {@code application_name}
 * @param host host name or address; an IPv6 address stands in brackets
 * @param port from 1 to 65535
 */
public record MemberAddress(String name, String host, int port) {

    private static final int DEFAULT_PORT = 5432;
    private static final int MAX_PORT = 65_535;

    /** A host and perhaps a port. Nothing that the driver would read as more: it splits a URL at several characters. */
    static final String HOST_AND_PORT = "(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?";

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)=" + HOST_AND_PORT);

    /**
     * Reads one entry of the setting.
     *
     * @throws IllegalArgumentException if the text isn't {@code name=host} or {@code name=host:port}
     */
    public static MemberAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not of the form name=host:port");
        }
        return new MemberAddress(matcher.group(1), matcher.group(3), port(matcher.group(4)));
    }

    /** The port that is written there, or PostgreSQL's own if none is. */
    static int port(@Nullable String text) {
        int port = text == null ? DEFAULT_PORT : Integer.parseInt(text);
        if (!isPort(port)) {
            throw new IllegalArgumentException("port " + port + " is not from 1 to 65535");
        }
        return port;
    }

    static boolean isPort(int number) {
        return number >= 1 && number <= MAX_PORT;
    }

    /** The URL of a database on this server. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }
}
