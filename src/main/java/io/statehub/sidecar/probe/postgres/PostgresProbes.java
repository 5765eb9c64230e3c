package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.HostAndPort;
import io.statehub.sidecar.config.MemberAddress;
import io.statehub.sidecar.config.PostgresSettings;
import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.probe.Probe;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Makes the probes of a cluster: one a member, one of the write endpoint, and one that writes heartbeats through it.
 */
public final class PostgresProbes {

    /**
     * An endpoint may be re-routed behind one address while the old server lives on, and only a new session shows that.
     */
    private static final Duration ENDPOINT_LOOK = Duration.ofSeconds(10);

    private final PostgresSettings settings;
    private final Duration deadline;
    private final Optional<HeartbeatWriter> writer;

    /**
     * Makes no probe yet.
     *
     * @param deadline time that one probe has, from 1 ms
     * @param writer whose heartbeats the members are asked for; empty without heartbeats
     */
    public PostgresProbes(PostgresSettings settings, Duration deadline, Optional<HeartbeatWriter> writer) {
        this.settings = settings;
        this.deadline = deadline;
        this.writer = writer;
    }

    /** The probe of one member; nothing connects yet. */
    public Probe member(MemberAddress member) {
        String database = settings.database().orElse(settings.url().database());
        Connector source = connector(settings, database, deadline, List.of(member.at()), true);
        return new MemberProbe(member.name(), new HeldConnection(source, HeldConnection.LIFETIME), writer);
    }

    /** The probe of a member that has no address yet: it finds that. */
    public static Probe withoutAddress(String member) {
        return new UnplacedMemberProbe(member);
    }

    /** The probe of the write endpoint; nothing connects yet. */
    public Probe writeEndpoint() {
        return new WriteEndpointProbe(toWriteEndpoint(settings, deadline));
    }

    /**
     * The probe that writes heartbeats; nothing connects yet.
     *
     * @param timeout time that one heartbeat has, from 1 ms
     */
    public static Probe heartbeat(PostgresSettings settings, Duration timeout, HeartbeatWriter writer) {
        return new HeartbeatProbe(writer, toWriteEndpoint(settings, timeout));
    }

    static HeldConnection toWriteEndpoint(PostgresSettings settings, Duration deadline) {
        return new HeldConnection(endpoint(settings, deadline), ENDPOINT_LOOK);
    }

    static HeldConnection toReadEndpoint(PostgresSettings settings, PostgresUrl url, Duration deadline) {
        List<HostAndPort> hosts = url.addresses();
        return new HeldConnection(connector(settings, url.database(), deadline, hosts, true), ENDPOINT_LOOK);
    }

    /** What is wrong with a server behind the write endpoint that takes no writes. */
    static Failure readOnly(IdentityQuestion.Answer who) {
        return new Failure(
                FailureKind.READ_ONLY,
                who.role() == MemberRole.STANDBY
                        ? "the write endpoint leads to a standby"
                        : "the server behind the write endpoint is set read-only");
    }

    /** Makes sessions with whatever the write endpoint leads to. */
    static Connector endpoint(PostgresSettings settings, Duration deadline) {
        PostgresUrl url = settings.url();
        return connector(settings, url.database(), deadline, url.addresses(), false);
    }

    private static Connector connector(
            PostgresSettings settings, String database, Duration deadline, List<HostAndPort> hosts, boolean readOnly) {
        // Earlier than we do: a statement behind a lock then costs nobody a session.
        Duration statementTimeout = deadline.multipliedBy(3).dividedBy(4);
        return new Connector(
                hosts,
                new Logins(settings, database),
                new SessionSetup(readOnly, statementTimeout),
                // A member's name is that member's: when it leads elsewhere, the server behind it has gone.
                !readOnly,
                InetAddress::getAllByName,
                new Random()::nextDouble);
    }
}
