package io.statehub.sidecar.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JDBC URL without parameters: those that matter here are settings of their own, so that no two can disagree.
 *
 * @param hosts one {@code host:port}, or several with commas between
 * @param database never empty
 */
public record PostgresUrl(String hosts, String database) {

    private static final Pattern HOST = Pattern.compile(MemberAddress.HOST_AND_PORT);
    private static final Pattern FORM = Pattern.compile("jdbc:postgresql://([^\\s/?@]+)/([^\\s/?]+)");

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException if the text isn't {@code jdbc:postgresql://host:port/database}
     */
    public static PostgresUrl parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not of the form jdbc:postgresql://host:port/database");
        }
        for (String host : matcher.group(1).split(",", -1)) {
            check(host);
        }
        return new PostgresUrl(matcher.group(1), matcher.group(2));
    }

    /** The driver itself finds a wrong port only when it connects, again and again. */
    private static void check(String host) {
        Matcher matcher = HOST.matcher(host);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + host + "' is not of the form host:port");
        }
        MemberAddress.port(matcher.group(2));
    }

    /** Whether the driver has to find the primary among several hosts. */
    public boolean severalHosts() {
        return hosts.indexOf(',') >= 0;
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://" + hosts + "/" + database;
    }
}
