package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.HeartbeatSettings;
import io.statehub.sidecar.config.MemberAddress;
import io.statehub.sidecar.config.PostgresSettings;
import io.statehub.sidecar.observation.Moment;
import io.statehub.sidecar.probe.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The probes of a cluster: one a member, and one of the write endpoint. */
public final class PostgresProbes {

    /** A member's address leads to that member for good; an hour lets a rotated password come into use. */
    private static final Duration MEMBER_CONNECTION_LIFETIME = Duration.ofHours(1);

    /** An endpoint may be re-routed while the old server lives on, and only a new connection shows that. */
    private static final Duration ENDPOINT_CONNECTION_LIFETIME = Duration.ofSeconds(10);

    /** A writer that has been silent for so long, or for ten beats, is gone. */
    private static final Duration WRITER_GONE = Duration.ofSeconds(10);

    private PostgresProbes() {}

    /**
     * Makes the probes of the members and of the write endpoint; nothing connects yet.
     *
     * @param deadline time that one probe has, from 1 ms
     */
    public static List<Probe> of(PostgresSettings settings, HeartbeatSettings heartbeat, Duration deadline) {
        DataSources sources = new DataSources(settings, deadline);
        String database = settings.database().orElse(settings.url().database());
        Optional<BeatStatements> statements =
                heartbeat.enabled() ? Optional.of(statements(heartbeat)) : Optional.empty();
        List<Probe> probes = new ArrayList<>();
        for (MemberAddress member : settings.members()) {
            Connector source = sources.toMember(member.jdbcUrl(database));
            probes.add(new MemberProbe(
                    member.name(), new HeldConnection(source, MEMBER_CONNECTION_LIFETIME), new BeatReader(statements)));
        }
        probes.add(new WriteEndpointProbe(endpoint(settings, sources)));
        return probes;
    }

    /**
     * Makes the probe that writes heartbeats; nothing connects yet.
     *
     * @param run which run of this program this is: a random word, never used again
     * @param now the present, from which on another writer's silence counts
     */
    public static Probe heartbeat(PostgresSettings settings, HeartbeatSettings heartbeat, String run, Moment now) {
        DataSources sources = new DataSources(settings, heartbeat.timeout());
        Duration tenBeats = heartbeat.interval().multipliedBy(10);
        Duration silence = tenBeats.compareTo(WRITER_GONE) > 0 ? tenBeats : WRITER_GONE;
        return new HeartbeatProbe(
                endpoint(settings, sources), statements(heartbeat), new WriterName(run, silence, now));
    }

    private static HeldConnection endpoint(PostgresSettings settings, DataSources sources) {
        return new HeldConnection(
                sources.toWriteEndpoint(settings.url().jdbcUrl(), settings.url().severalHosts()),
                ENDPOINT_CONNECTION_LIFETIME);
    }

    private static BeatStatements statements(HeartbeatSettings heartbeat) {
        return new BeatStatements(heartbeat.schema(), heartbeat.writerName(), heartbeat.history());
    }
}
