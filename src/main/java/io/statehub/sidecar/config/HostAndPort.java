package io.statehub.sidecar.config;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens. Nothing that a URL could be read into: whoever makes one of this gets a host and a port.
 *
 * @param host host name or address; an IPv6 address stands in brackets
 * @param port from 1 to 65535
 */
public record HostAndPort(String host, int port) {

    private static final int DEFAULT_PORT = 5432;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65_535;

    /** Nothing that the driver would read as more: it splits a URL at several characters. */
    private static final String HOST = "\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+";

    private static final Pattern WHOLE_HOST = Pattern.compile(HOST);
    private static final Pattern FORM = Pattern.compile("(" + HOST + ")(?::(\\d{1,5}))?");
    private static final Pattern LITERAL = Pattern.compile("\\[.*|[0-9.]+");

    public HostAndPort {
        if (!WHOLE_HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("'" + host + "' is not a host's name or address");
        }
        if (!isPort(port)) {
            throw new IllegalArgumentException("port " + port + " is not from 1 to " + MAX_PORT);
        }
    }

    /**
     * Reads {@code host} or {@code host:port}; without a port it is PostgreSQL's own.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static HostAndPort parse(String text) {
        return parse(text, DEFAULT_PORT);
    }

    /**
     * Where the URL of an HTTP server leads. Its host may be any that a resolver takes; {@link URI#getHost} knows of
     * none with an underscore, as Compose and others have them.
     *
     * @throws IllegalArgumentException if it has no such host, or more than a host and a port
     */
    public static HostAndPort of(URI url) {
        String authority = url.getRawAuthority();
        return parse(authority == null ? "" : authority, "https".equals(url.getScheme()) ? HTTPS_PORT : HTTP_PORT);
    }

    private static HostAndPort parse(String text, int defaultPort) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not of the form host:port");
        }
        String port = matcher.group(2);
        return new HostAndPort(matcher.group(1), port == null ? defaultPort : Integer.parseInt(port));
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= MAX_PORT;
    }

    /** As a resolver takes it, without brackets. */
    public String name() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Whether it is an address, which nobody has to be asked for. */
    public boolean literal() {
        return LITERAL.matcher(host).matches();
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
