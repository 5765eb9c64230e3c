package io.statehub.sidecar.config;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A JDBC URL without parameters: those that matter here are settings of their own, so that no two can disagree.
 *
 * @param addresses one or several
 * @param database its name as it is, never empty
 */
public record PostgresUrl(List<HostAndPort> addresses, String database) {

    private static final Pattern FORM = Pattern.compile("jdbc:postgresql://([^\\s/?@]+)/([^\\s/?]+)");

    public PostgresUrl {
        addresses = List.copyOf(addresses);
        DatabaseName.check(database);
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException if the text isn't {@code jdbc:postgresql://host:port/database}
     */
    public static PostgresUrl of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not of the form jdbc:postgresql://host:port/database");
        }
        List<HostAndPort> addresses = Arrays.stream(matcher.group(1).split(",", -1))
                .map(HostAndPort::parse)
                .toList();
        return new PostgresUrl(addresses, matcher.group(2));
    }

    /** Its hosts as it has them: one {@code host:port}, or several with commas between. */
    public String hosts() {
        return addresses.stream().map(HostAndPort::toString).collect(Collectors.joining(","));
    }
}
