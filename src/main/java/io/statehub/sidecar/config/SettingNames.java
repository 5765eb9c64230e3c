package io.statehub.sidecar.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The names of all settings, for telling a misspelt one; a test holds them against {@link Settings}. */
final class SettingNames {

    static final List<String> ALL = List.of(
            "statehub.api.url",
            "statehub.api.liveness-path",
            "statehub.api.readiness-path",
            "statehub.api.readiness-interval",
            "statehub.api.connect-timeout",
            "statehub.api.tls-timeout",
            "statehub.api.liveness-timeout",
            "statehub.api.readiness-timeout",
            "statehub.api.expected-status",
            "statehub.api.expected-body",
            "statehub.api.max-body-bytes",
            "statehub.api.ca-file",
            "statehub.api.token-file",
            "statehub.postgres.url",
            "statehub.postgres.read-url",
            "statehub.postgres.discovery",
            "statehub.postgres.members",
            "statehub.postgres.username",
            "statehub.postgres.password",
            "statehub.postgres.password-file",
            "statehub.postgres.sslmode",
            "statehub.postgres.sslrootcert",
            "statehub.postgres.require-auth",
            "statehub.postgres.database",
            "statehub.probe.interval",
            "statehub.probe.deadline",
            "statehub.probe.failures-to-down",
            "statehub.probe.successes-to-up",
            "statehub.probe.stale-after",
            "statehub.replication.max-lag-bytes",
            "statehub.replication.max-staleness",
            "statehub.replication.max-stream-silence",
            "statehub.replication.max-slot-retention",
            "statehub.readiness.database-policy",
            "statehub.readiness.grace",
            "statehub.heartbeat.enabled",
            "statehub.heartbeat.interval",
            "statehub.heartbeat.timeout",
            "statehub.heartbeat.schema",
            "statehub.heartbeat.writer",
            "statehub.heartbeat.history",
            "statehub.heartbeat.role",
            "statehub.objectives.rto",
            "statehub.objectives.rpo",
            "statehub.objectives.backup-age",
            "statehub.objectives.restore-age",
            "statehub.objectives.failover-drill-age",
            "statehub.objectives.archive-age",
            "statehub.page.runbooks-url",
            "statehub.journal.directory",
            "statehub.journal.max-size",
            "statehub.kubernetes.enabled",
            "statehub.kubernetes.namespace",
            "statehub.kubernetes.cluster",
            "statehub.kubernetes.pod",
            "statehub.kubernetes.lease",
            "statehub.kubernetes.lease-duration",
            "statehub.kubernetes.api-selector",
            "statehub.kubernetes.longhorn-namespace",
            "statehub.kubernetes.watch",
            "statehub.kubernetes.stale-after");

    private SettingNames() {}

    /** The environment variable of a setting, such as {@code STATEHUB_API_URL}. */
    static String environmentVariable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** That it is not set, with the two names under which it can be. */
    static String missing(String setting, String allowed) {
        return setting + " (" + environmentVariable(setting) + ") is not set: it must be " + allowed;
    }

    /** What a misspelt name may have meant: the settings of its group, or the groups if there is no such group. */
    static String allowedInsteadOf(String name) {
        Optional<String> group = ALL.stream()
                .map(setting -> setting.substring(0, setting.lastIndexOf('.') + 1))
                .filter(name::startsWith)
                .findFirst();
        List<String> candidates = group.isPresent()
                ? ALL.stream()
                        .filter(setting -> setting.startsWith(group.get()))
                        .toList()
                : ALL.stream()
                        .map(setting -> setting.substring(0, setting.lastIndexOf('.')) + ".*")
                        .distinct()
                        .toList();
        return String.join(", ", candidates);
    }
}
