package io.statehub.sidecar.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One server of the cluster.
 *
 * @param name its name in metrics and messages; with cnpg, that of its instance, which is also its
 *     {@code application_name}
 * @param host host name or address; an IPv6 address stands in brackets
 * @param port from 1 to 65535
 */
public record MemberAddress(String name, String host, int port) {

    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)=(\\[[0-9A-Fa-f:.]+]|[^\\s:/\\[\\]=]+)(?::(\\d{1,5}))?");

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
        int port = matcher.group(4) == null ? PostgresUrl.DEFAULT_PORT : Integer.parseInt(matcher.group(4));
        if (port < 1 || port > PostgresUrl.MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " is not from 1 to 65535");
        }
        return new MemberAddress(matcher.group(1), matcher.group(3), port);
    }

    /** The URL of a database on this server. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }
}
