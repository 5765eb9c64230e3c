package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.MemberAddress;
import io.statehub.sidecar.config.PostgresSettings;
import io.statehub.sidecar.probe.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The probes of a cluster: one a member, and one of the write endpoint. */
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
     */
    public static List<Probe> of(PostgresSettings settings, Duration deadline) {
        DataSources sources = new DataSources(settings, deadline);
        String database = settings.database().orElse(settings.url().database());
        List<Probe> probes = new ArrayList<>();
        for (MemberAddress member : settings.members()) {
            Connector source = sources.toMember(member.jdbcUrl(database));
            probes.add(new MemberProbe(member.name(), new HeldConnection(source, MEMBER_CONNECTION_LIFETIME)));
        }
        Connector endpoint =
                sources.toWriteEndpoint(settings.url().jdbcUrl(), settings.url().severalHosts());
        probes.add(new WriteEndpointProbe(new HeldConnection(endpoint, ENDPOINT_CONNECTION_LIFETIME)));
        return probes;
    }
}
