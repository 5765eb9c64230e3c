package io.statehub.sidecar.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One server of the cluster.
 *
 * @param name its name in metrics and messages; with cnpg, that of its instance, which is also its
 *     {@code application_name}
 * @param at where it listens
 */
public record MemberAddress(String name, HostAndPort at) {

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)=(.*)");

    /**
     * A member by the parts of its address.
     *
     * @throws IllegalArgumentException if there can be no such host or port
     */
    public MemberAddress(String name, String host, int port) {
        this(name, new HostAndPort(host, port));
    }

    /**
     * Reads one entry of the setting.
     *
     * @throws IllegalArgumentException if the text isn't {@code name=host} or {@code name=host:port}
     */
    public static MemberAddress of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not of the form name=host:port");
        }
        return new MemberAddress(matcher.group(1), HostAndPort.parse(matcher.group(3)));
    }

    public String host() {
        return at.host();
    }

    public int port() {
        return at.port();
    }
}
