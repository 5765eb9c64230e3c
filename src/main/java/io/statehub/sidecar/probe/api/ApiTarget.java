package io.statehub.sidecar.probe.api;

import io.statehub.sidecar.config.HostAndPort;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Optional;

/**
 * Whom to ask for what.
 *
 * @param host a name or an address, an IPv6 one in brackets
 * @param port the port, never absent
 * @param tls whether to speak https
 * @param uri path and query to ask for
 */
record ApiTarget(String host, int port, boolean tls, String uri) {

    static ApiTarget of(URI url, String path) {
        HostAndPort at = HostAndPort.of(url);
        return new ApiTarget(at.host(), at.port(), "https".equals(url.getScheme()), path);
    }

    /** For messages: which server. */
    String server() {
        return host + ":" + port;
    }

    /** For messages: which page, without its query, since people put keys there. */
    String page() {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /**
     * The request to send.
     *
     * @param token shown to the server if present
     */
    RequestOptions request(Optional<BearerToken> token) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(host)
                .setPort(port)
                .setSsl(tls)
                .setURI(uri)
                .setFollowRedirects(false)
                .putHeader(HttpHeaders.ACCEPT, "application/json, */*;q=0.5")
                .putHeader(HttpHeaders.USER_AGENT, "state-hub-sidecar");
        token.ifPresent(secret -> options.putHeader(HttpHeaders.AUTHORIZATION, secret.header()));
        return options;
    }
}
