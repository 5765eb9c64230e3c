package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.config.AuthMethod;
import io.statehub.sidecar.config.Discovery;
import io.statehub.sidecar.config.MemberAddress;
import io.statehub.sidecar.config.PostgresSettings;
import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.config.SslMode;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.testing.lab.LabRoles;
import io.statehub.sidecar.testing.lab.PostgresLab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of a sidecar that watches a lab. */
public record LabPostgresSettings(
        PostgresUrl url,
        Optional<List<MemberAddress>> members,
        String username,
        Optional<String> password,
        SslMode sslmode,
        Optional<List<AuthMethod>> requireAuth)
        implements PostgresSettings {

    public static LabPostgresSettings of(PostgresLab lab) {
        return new LabPostgresSettings(
                PostgresUrl.of(lab.writeUrl()),
                Optional.of(lab.members().stream()
                        .map(member -> MemberAddress.of(member.name() + "=" + member.address()))
                        .toList()),
                LabRoles.SIDECAR,
                Optional.of(LabRoles.SIDECAR_PASSWORD),
                SslMode.DISABLE,
                Optional.empty());
    }

    /** Of a server that is no lab's: the write endpoint and the only member. */
    public static LabPostgresSettings at(String host, int port) {
        return new LabPostgresSettings(
                PostgresUrl.of("jdbc:postgresql://" + host + ":" + port + "/state"),
                Optional.of(List.of(new MemberAddress("pg-1", host, port))),
                "sidecar",
                Optional.of("secret"),
                SslMode.PREFER,
                Optional.empty());
    }

    LabPostgresSettings allowing(AuthMethod... methods) {
        return new LabPostgresSettings(url, members, username, password, sslmode, Optional.of(List.of(methods)));
    }

    LabPostgresSettings with(SslMode mode) {
        return new LabPostgresSettings(url, members, username, password, mode, requireAuth);
    }

    public LabPostgresSettings as(String role, String itsPassword) {
        return new LabPostgresSettings(url, members, role, Optional.of(itsPassword), sslmode, requireAuth);
    }

    LabPostgresSettings writingTo(String jdbcUrl) {
        return new LabPostgresSettings(PostgresUrl.of(jdbcUrl), members, username, password, sslmode, requireAuth);
    }

    @Override
    public Optional<PostgresUrl> readUrl() {
        return Optional.empty();
    }

    @Override
    public Discovery discovery() {
        return Discovery.STATIC;
    }

    /** The probe of one member, looking for a writer's heartbeats. */
    public Probe probeOf(String member, Duration deadline, HeartbeatWriter writer) {
        PostgresProbes probes = new PostgresProbes(this, deadline, Optional.of(writer));
        return fixedMembers().stream()
                .filter(address -> address.name().equals(member))
                .map(probes::member)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Optional<Path> passwordFile() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> sslrootcert() {
        return Optional.empty();
    }

    @Override
    public Optional<String> database() {
        return Optional.empty();
    }
}
