package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.MemberAddress;
import io.statehub.sidecar.config.PostgresSettings;
import io.statehub.sidecar.probe.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The probes of a cluster: one a member, one of the write endpoint, and one that writes heartbeats through it. */
public final class PostgresProbes {

    /** A member's address leads to that member for good; an hour lets a rotated password come into use. */
    private static final Duration MEMBER_CONNECTION_LIFETIME = Duration.ofHours(1);

    /** An endpoint may be re-routed while the old server lives on, and only a new connection shows that. */
    private static final Duration ENDPOINT_CONNECTION_LIFETIME = Duration.ofSeconds(10);

    private PostgresProbes() {}

    /**
     * Makes the probes; nothing connects yet.
     *
     * @param deadline time that one probe has, from 1 ms
     * @param writer whose heartbeats the members are asked for; empty without heartbeats
     */
    public static List<Probe> of(PostgresSettings settings, Duration deadline, Optional<HeartbeatWriter> writer) {
        DataSources sources = new DataSources(settings, deadline);
        String database = settings.database().orElse(settings.url().database());
        List<Probe> probes = new ArrayList<>();
        for (MemberAddress member : settings.members()) {
            Connector source = sources.toMember(member.jdbcUrl(database));
            probes.add(new MemberProbe(member.name(), new HeldConnection(source, MEMBER_CONNECTION_LIFETIME), writer));
        }
        probes.add(new WriteEndpointProbe(toWriteEndpoint(settings, deadline)));
        return probes;
    }

    /**
     * Makes the probe that writes heartbeats; nothing connects yet.
     *
     * @param timeout time that one heartbeat has, from 1 ms
     */
    public static Probe heartbeat(PostgresSettings settings, Duration timeout, HeartbeatWriter writer) {
        return new HeartbeatProbe(writer, toWriteEndpoint(settings, timeout));
    }

    private static HeldConnection toWriteEndpoint(PostgresSettings settings, Duration deadline) {
        Connector endpoint = new DataSources(settings, deadline)
                .toWriteEndpoint(settings.url().jdbcUrl(), settings.url().severalHosts());
        return new HeldConnection(endpoint, ENDPOINT_CONNECTION_LIFETIME);
    }
}
