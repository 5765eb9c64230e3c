package io.statehub.sidecar.probe.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
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

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    static ApiTarget of(URI url, String path) {
        boolean tls = "https".equals(url.getScheme());
        int standardPort = tls ? HTTPS_PORT : HTTP_PORT;
        return new ApiTarget(url.getHost(), url.getPort() < 0 ? standardPort : url.getPort(), tls, path);
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
     * @param allowed time after which nobody waits for the answer
     */
    RequestOptions request(Optional<BearerToken> token, Duration allowed) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(host)
                .setPort(port)
                .setSsl(tls)
                .setURI(uri)
                .setFollowRedirects(false)
                // Takes an abandoned request out of the pool's queue.
                .setConnectTimeout(Math.max(1, allowed.toMillis()))
                .putHeader(HttpHeaders.ACCEPT, "application/json, */*;q=0.5")
                .putHeader(HttpHeaders.USER_AGENT, "state-hub-sidecar");
        token.ifPresent(secret -> options.putHeader(HttpHeaders.AUTHORIZATION, secret.header()));
        return options;
    }
}
