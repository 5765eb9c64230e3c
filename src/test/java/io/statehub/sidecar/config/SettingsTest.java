package io.statehub.sidecar.config;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigValidationException;
import io.statehub.sidecar.assessment.DatabasePolicy;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            entry("statehub.api.url", URI.create("http://localhost:8000")),
            entry("statehub.api.liveness-path", "/state/health"),
            entry("statehub.api.readiness-path", "/state/summary"),
            entry("statehub.api.readiness-interval", Duration.ofSeconds(5)),
            entry("statehub.api.connect-timeout", Duration.ofMillis(500)),
            entry("statehub.api.tls-timeout", Duration.ofMillis(500)),
            entry("statehub.api.liveness-timeout", Duration.ofMillis(900)),
            entry("statehub.api.readiness-timeout", Duration.ofSeconds(3)),
            entry("statehub.api.expected-status", Set.of(200)),
            entry("statehub.api.expected-body", Optional.empty()),
            entry("statehub.api.max-body-bytes", 1L << 20),
            entry("statehub.api.ca-file", Optional.empty()),
            entry("statehub.api.token-file", Optional.empty()),
            entry("statehub.postgres.read-url", Optional.empty()),
            entry("statehub.postgres.discovery", Discovery.STATIC),
            entry("statehub.postgres.username", "state_hub_sidecar"),
            entry("statehub.postgres.password", Optional.empty()),
            entry("statehub.postgres.password-file", Optional.empty()),
            entry("statehub.postgres.sslmode", SslMode.PREFER),
            entry("statehub.postgres.sslrootcert", Optional.empty()),
            entry("statehub.postgres.require-auth", Optional.empty()),
            entry("statehub.postgres.database", Optional.empty()),
            entry("statehub.probe.interval", Duration.ofSeconds(1)),
            entry("statehub.probe.deadline", Duration.ofMillis(900)),
            entry("statehub.probe.failures-to-down", 3),
            entry("statehub.probe.successes-to-up", 2),
            entry("statehub.probe.stale-after", Duration.ofSeconds(5)),
            entry("statehub.replication.max-lag-bytes", 16L << 20),
            entry("statehub.replication.max-staleness", Duration.ofSeconds(30)),
            entry("statehub.replication.max-stream-silence", Duration.ofSeconds(35)),
            entry("statehub.replication.max-slot-retention", 1L << 30),
            entry("statehub.readiness.database-policy", DatabasePolicy.DEGRADE),
            entry("statehub.readiness.grace", Duration.ofSeconds(30)),
            entry("statehub.heartbeat.enabled", true),
            entry("statehub.heartbeat.interval", Duration.ofSeconds(1)),
            entry("statehub.heartbeat.timeout", Duration.ofMillis(900)),
            entry("statehub.heartbeat.schema", "statehub_sidecar"),
            entry("statehub.heartbeat.writer", Optional.empty()),
            entry("statehub.heartbeat.history", 3600),
            entry("statehub.heartbeat.role", Optional.empty()),
            entry(
                    "statehub.page.runbooks-url",
                    "https://github.com/example/state-hub-sidecar/blob/main/docs/runbooks/"),
            entry("statehub.objectives.rto", Duration.ofSeconds(30)),
            entry("statehub.objectives.rpo", Duration.ZERO),
            entry("statehub.objectives.backup-age", Duration.ofHours(26)),
            entry("statehub.objectives.restore-age", Duration.ofDays(35)),
            entry("statehub.objectives.failover-drill-age", Duration.ofDays(92)),
            entry("statehub.objectives.archive-age", Duration.ofMinutes(15)),
            entry("statehub.kubernetes.enabled", Presence.AUTO),
            entry("statehub.kubernetes.namespace", Optional.empty()),
            entry("statehub.kubernetes.cluster", Optional.empty()),
            entry("statehub.kubernetes.pod", Optional.empty()),
            entry("statehub.kubernetes.lease", "state-hub-sidecar"),
            entry("statehub.kubernetes.lease-duration", Duration.ofSeconds(30)),
            entry("statehub.kubernetes.api-selector", "app.kubernetes.io/name=state-hub"),
            entry("statehub.kubernetes.longhorn-namespace", "longhorn-system"),
            entry("statehub.kubernetes.watch", EnumSet.allOf(WatchedResource.class)),
            entry("statehub.kubernetes.stale-after", Duration.ofMinutes(1)),
            entry("statehub.journal.directory", Optional.empty()),
            entry("statehub.journal.max-size", 16L << 20));

    /** A setting's text, none of it a default, and the value that it stands for. */
    private record Given(String text, Object value) {}

    private static final Map<String, Given> EVERY_SETTING = Map.ofEntries(
            entry("statehub.api.url", new Given("https://api.example:8443", URI.create("https://api.example:8443"))),
            entry("statehub.api.liveness-path", new Given("/live?full=no", "/live?full=no")),
            entry("statehub.api.readiness-path", new Given("/ready", "/ready")),
            entry("statehub.api.readiness-interval", new Given("10s", Duration.ofSeconds(10))),
            entry("statehub.api.connect-timeout", new Given("250ms", Duration.ofMillis(250))),
            entry("statehub.api.tls-timeout", new Given("750ms", Duration.ofMillis(750))),
            entry("statehub.api.liveness-timeout", new Given("800ms", Duration.ofMillis(800))),
            entry("statehub.api.readiness-timeout", new Given("4s", Duration.ofSeconds(4))),
            entry("statehub.api.expected-status", new Given("200,204", Set.of(200, 204))),
            entry("statehub.api.expected-body", new Given("\"ok\"", Optional.of("\"ok\""))),
            entry("statehub.api.max-body-bytes", new Given("64K", 65_536L)),
            entry("statehub.api.ca-file", new Given("/etc/ca.pem", Optional.of(Path.of("/etc/ca.pem")))),
            entry("statehub.api.token-file", new Given("/run/token", Optional.of(Path.of("/run/token")))),
            entry(
                    "statehub.postgres.url",
                    new Given(
                            "jdbc:postgresql://rw:6432/hub",
                            new PostgresUrl(List.of(new HostAndPort("rw", 6432)), "hub"))),
            entry(
                    "statehub.postgres.members",
                    new Given(
                            "a=10.0.0.1,b=[::1]:5433",
                            Optional.of(List.of(
                                    new MemberAddress("a", "10.0.0.1", 5432), new MemberAddress("b", "[::1]", 5433))))),
            entry(
                    "statehub.postgres.read-url",
                    new Given(
                            "jdbc:postgresql://ro/hub",
                            Optional.of(new PostgresUrl(List.of(new HostAndPort("ro", 5432)), "hub")))),
            entry("statehub.postgres.discovery", new Given("cnpg", Discovery.CNPG)),
            entry("statehub.postgres.username", new Given("watcher", "watcher")),
            entry("statehub.postgres.password", new Given(" secret ", Optional.of(" secret "))),
            entry("statehub.postgres.password-file", new Given("/run/password", Optional.of(Path.of("/run/password")))),
            entry("statehub.postgres.sslmode", new Given("verify-full", SslMode.VERIFY_FULL)),
            entry("statehub.postgres.sslrootcert", new Given("/etc/root.pem", Optional.of(Path.of("/etc/root.pem")))),
            entry(
                    "statehub.postgres.require-auth",
                    new Given("scram-sha-256,md5", Optional.of(List.of(AuthMethod.SCRAM_SHA_256, AuthMethod.MD5)))),
            entry("statehub.postgres.database", new Given("other", Optional.of("other"))),
            entry("statehub.probe.interval", new Given("2s", Duration.ofSeconds(2))),
            entry("statehub.probe.deadline", new Given("1500ms", Duration.ofMillis(1500))),
            entry("statehub.probe.failures-to-down", new Given("5", 5)),
            entry("statehub.probe.successes-to-up", new Given("4", 4)),
            entry("statehub.probe.stale-after", new Given("9s", Duration.ofSeconds(9))),
            entry("statehub.replication.max-lag-bytes", new Given("32M", 32L << 20)),
            entry("statehub.replication.max-staleness", new Given("1m", Duration.ofMinutes(1))),
            entry("statehub.replication.max-stream-silence", new Given("70s", Duration.ofSeconds(70))),
            entry("statehub.replication.max-slot-retention", new Given("2G", 2L << 30)),
            entry("statehub.readiness.database-policy", new Given("strict", DatabasePolicy.STRICT)),
            entry("statehub.readiness.grace", new Given("45s", Duration.ofSeconds(45))),
            entry("statehub.heartbeat.enabled", new Given("False", false)),
            entry("statehub.heartbeat.interval", new Given("3s", Duration.ofSeconds(3))),
            entry("statehub.heartbeat.timeout", new Given("2500ms", Duration.ofMillis(2500))),
            entry("statehub.heartbeat.schema", new Given("other_schema", "other_schema")),
            entry("statehub.heartbeat.writer", new Given("pod-1.api", Optional.of("pod-1.api"))),
            entry("statehub.heartbeat.history", new Given("100", 100)),
            entry("statehub.heartbeat.role", new Given("State Hub", Optional.of("State Hub"))),
            entry("statehub.objectives.rto", new Given("40s", Duration.ofSeconds(40))),
            entry("statehub.objectives.rpo", new Given("5s", Duration.ofSeconds(5))),
            entry("statehub.objectives.backup-age", new Given("8d", Duration.ofDays(8))),
            entry("statehub.objectives.restore-age", new Given("90d", Duration.ofDays(90))),
            entry("statehub.objectives.failover-drill-age", new Given("180d", Duration.ofDays(180))),
            entry("statehub.objectives.archive-age", new Given("1h", Duration.ofHours(1))),
            entry("statehub.kubernetes.enabled", new Given("true", Presence.TRUE)),
            entry("statehub.kubernetes.namespace", new Given("hub", Optional.of("hub"))),
            entry("statehub.kubernetes.cluster", new Given("hub-db", Optional.of("hub-db"))),
            entry("statehub.kubernetes.pod", new Given("hub-0", Optional.of("hub-0"))),
            entry(
                    "statehub.page.runbooks-url",
                    new Given("https://wiki.example/runbooks/", "https://wiki.example/runbooks/")),
            entry("statehub.kubernetes.lease", new Given("hub-sidecar", "hub-sidecar")),
            entry("statehub.kubernetes.lease-duration", new Given("15s", Duration.ofSeconds(15))),
            entry("statehub.kubernetes.api-selector", new Given("app=hub,tier=api", "app=hub,tier=api")),
            entry("statehub.kubernetes.longhorn-namespace", new Given("storage", "storage")),
            entry(
                    "statehub.kubernetes.watch",
                    new Given(
                            "nodes,scheduled-backups",
                            Set.of(WatchedResource.NODES, WatchedResource.SCHEDULED_BACKUPS))),
            entry("statehub.kubernetes.stale-after", new Given("2m", Duration.ofMinutes(2))),
            entry("statehub.journal.directory", new Given("/var/lib/hub", Optional.of(Path.of("/var/lib/hub")))),
            entry("statehub.journal.max-size", new Given("64K", 65_536L)));

    @Test
    void everySettingThatIsNotRequiredHasItsDefault() {
        Map<String, Object> values = SettingsTree.values(SettingsTree.mapped(SettingsTree.REQUIRED));

        values.keySet().removeAll(SettingsTree.REQUIRED.keySet());
        assertThat(values).containsExactlyInAnyOrderEntriesOf(DEFAULTS);
    }

    @Test
    void everySettingIsMappedFromItsText() {
        Map<String, String> texts = new HashMap<>();
        Map<String, Object> expected = new HashMap<>();
        EVERY_SETTING.forEach((name, given) -> {
            texts.put(name, given.text());
            expected.put(name, given.value());
        });

        assertThat(SettingsTree.values(SettingsTree.mapped(texts))).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void noTextInTheFullMappingIsADefault() {
        DEFAULTS.forEach((name, value) -> assertThat(EVERY_SETTING)
                .extractingByKey(name)
                .extracting(Given::value)
                .as(name)
                .isNotEqualTo(value));
    }

    @Test
    void theDefaultsContradictNeitherEachOtherNorTheRequiredSettings() {
        assertThat(SettingsTree.problems(SettingsTree.REQUIRED)).isEmpty();
    }

    @Test
    void aKeyThatIsNoSettingIsAnError() {
        assertThatThrownBy(() -> SettingsTree.mappedWith(Map.of("statehub.probe.intervall", "1s")))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("statehub.probe.intervall");
    }

    @Test
    void membersKeepTheirConfiguredOrder() {
        Settings settings = SettingsTree.mappedWith(Map.of("statehub.postgres.members", "c=h3, a=h1, b=h2"));

        assertThat(settings.postgres().fixedMembers())
                .extracting(MemberAddress::name)
                .containsExactly("c", "a", "b");
    }
}
