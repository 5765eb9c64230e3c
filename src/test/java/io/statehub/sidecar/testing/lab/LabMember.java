package io.statehub.sidecar.testing.lab;

import org.jspecify.annotations.Nullable;

/**
 * A server of the lab and the proxy through which the sidecar sees it. Replication itself does not go through the
 * proxy.
 */
public final class LabMember implements AutoCloseable {

    private final PostgresServer server;
    private final ForwardingProxy proxy;
    /** The name of the standby that a cascaded member prefers to follow; null: whoever is the primary. */
    private final @Nullable String preferredUpstream;

    private final boolean stranger;

    private LabMember(PostgresServer server, @Nullable String preferredUpstream, boolean stranger) {
        this.server = server;
        this.preferredUpstream = preferredUpstream;
        this.stranger = stranger;
        this.proxy = new ForwardingProxy(server.name(), server.port());
    }

    static LabMember of(PostgresServer server) {
        return new LabMember(server, null, false);
    }

    static LabMember cascaded(PostgresServer server, String upstream) {
        return new LabMember(server, upstream, false);
    }

    static LabMember stranger(PostgresServer server) {
        return new LabMember(server, null, true);
    }

    public String name() {
        return server.name();
    }

    public PostgresServer server() {
        return server;
    }

    public ForwardingProxy proxy() {
        return proxy;
    }

    /** What the sidecar is told: host and port of the proxy. */
    public String address() {
        return "127.0.0.1:" + proxy.port();
    }

    /** Whether it has a system identifier of its own and therefore belongs to no failover and no healing. */
    public boolean isStranger() {
        return stranger;
    }

    @Nullable
    String preferredUpstream() {
        return preferredUpstream;
    }

    @Override
    public void close() {
        proxy.close();
        server.close();
    }
}
