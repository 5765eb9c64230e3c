package io.statehub.sidecar.testing.lab;

/**
 * Bytes that a {@link ForwardingProxy} has delivered since it was made, over all its connections.
 *
 * @param requests bytes from clients to the target
 * @param answers bytes from the target to clients
 */
public record ProxyTraffic(long requests, long answers) {

    public ProxyTraffic plus(ProxyTraffic other) {
        return new ProxyTraffic(requests + other.requests, answers + other.answers);
    }

    public ProxyTraffic minus(ProxyTraffic earlier) {
        return new ProxyTraffic(requests - earlier.requests, answers - earlier.answers);
    }
}
