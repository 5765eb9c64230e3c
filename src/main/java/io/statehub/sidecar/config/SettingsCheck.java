package io.statehub.sidecar.config;

import io.statehub.sidecar.observation.ShortText;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.observation.kubernetes.WatchedResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Holds settings against each other, which their types alone can't. */
public final class SettingsCheck {

    /** Each member costs a connection, a thread while it is probed, and a row of series. */
    public static final int MAX_MEMBERS = 100;
    /** So that a quarter of it, which is one file, holds some dozens of entries. */
    static final long MIN_JOURNAL_BYTES = 64L << 10;

    static final String MISSING_MEMBERS = SettingNames.missing(
            "statehub.postgres.members", new Converters.Member().allowed() + ", or statehub.postgres.discovery cnpg");

    private final UnaryOperator<String> typed;
    private final List<String> problems = new ArrayList<>();

    private SettingsCheck(UnaryOperator<String> typed) {
        this.typed = setting -> ShortText.of(typed.apply(setting));
    }

    /**
     * One line a problem, each naming setting, value and what is allowed; empty if there is none.
     *
     * @param typed from the name of a setting to its value as it was written: {@code 90s} is not told as {@code 1m30s}
     */
    public static List<String> problems(Settings settings, UnaryOperator<String> typed) {
        SettingsCheck check = new SettingsCheck(typed);
        check.probe(settings.probe());
        check.api(settings.api(), settings.probe());
        check.atMost(
                "statehub.heartbeat.timeout",
                settings.heartbeat().timeout(),
                "statehub.heartbeat.interval",
                settings.heartbeat().interval());
        check.discovery(settings.postgres(), settings.kubernetes());
        check.members(settings.postgres().members().orElse(List.of()));
        check.postgres(settings.postgres());
        check.journal(settings.journal());
        return List.copyOf(check.problems);
    }

    private void probe(ProbeSettings probe) {
        atMost("statehub.probe.deadline", probe.deadline(), "statehub.probe.interval", probe.interval());
        Duration least = probe.interval().multipliedBy(2);
        if (probe.staleAfter().compareTo(least) < 0) {
            reject(
                    "statehub.probe.stale-after",
                    typed.apply("statehub.probe.stale-after"),
                    "at least twice statehub.probe.interval, which is " + typed.apply("statehub.probe.interval"));
        }
    }

    private void api(ApiSettings api, ProbeSettings probe) {
        atMost("statehub.api.liveness-timeout", api.livenessTimeout(), "statehub.probe.interval", probe.interval());
        atMost(
                "statehub.api.readiness-timeout",
                api.readinessTimeout(),
                "statehub.api.readiness-interval",
                api.readinessInterval());
        if (api.caFile().isPresent() && !"https".equals(api.url().getScheme())) {
            reject("statehub.api.ca-file", api.caFile().get().toString(), "unset unless statehub.api.url is https");
        }
    }

    private void discovery(PostgresSettings postgres, KubernetesSettings kubernetes) {
        switch (postgres.discovery()) {
            case STATIC -> {
                if (postgres.members().isEmpty()) {
                    problems.add(MISSING_MEMBERS);
                }
            }
            case CNPG -> {
                if (postgres.members().isPresent()) {
                    reject(
                            "statehub.postgres.members",
                            postgres.members().get().size() + " members",
                            "unset while statehub.postgres.discovery is cnpg");
                }
                if (kubernetes.cluster().isEmpty()) {
                    problems.add(SettingNames.missing(
                            "statehub.kubernetes.cluster",
                            "the name of the cnpg cluster while statehub.postgres.discovery is cnpg"));
                }
                if (kubernetes.enabled() == Presence.FALSE) {
                    reject(
                            "statehub.kubernetes.enabled",
                            "false",
                            "auto or true while statehub.postgres.discovery is cnpg");
                }
                if (!kubernetes.watch().containsAll(Set.of(WatchedResource.CLUSTER, WatchedResource.INSTANCE_PODS))) {
                    problems.add("statehub.kubernetes.watch: it must have cluster and instance-pods while"
                            + " statehub.postgres.discovery is cnpg");
                }
            }
        }
    }

    private void members(List<MemberAddress> members) {
        if (members.size() > MAX_MEMBERS) {
            reject("statehub.postgres.members", members.size() + " members", "at most " + MAX_MEMBERS);
        }
        Set<String> names = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        List<String> reserved =
                Arrays.stream(TargetId.Part.values()).map(TargetId::label).toList();
        for (MemberAddress member : members) {
            String address = member.host() + ":" + member.port();
            if (!names.add(member.name())) {
                reject("statehub.postgres.members", member.name() + "=" + address, "each name once");
            } else if (!addresses.add(address)) {
                reject("statehub.postgres.members", member.name() + "=" + address, "each address once");
            }
            if (reserved.contains(member.name())) {
                reject("statehub.postgres.members", member.name(), "a name other than " + String.join(", ", reserved));
            }
        }
    }

    private void postgres(PostgresSettings postgres) {
        if (postgres.password().isPresent() && postgres.passwordFile().isPresent()) {
            reject(
                    "statehub.postgres.password-file",
                    postgres.passwordFile().get().toString(),
                    "unset while statehub.postgres.password is set: give one of them");
        }
        boolean verifies = postgres.sslmode() == SslMode.VERIFY_CA || postgres.sslmode() == SslMode.VERIFY_FULL;
        if (verifies && postgres.sslrootcert().isEmpty()) {
            reject(
                    "statehub.postgres.sslmode",
                    postgres.sslmode().parameter(),
                    "set together with statehub.postgres.sslrootcert, or one of disable, allow, prefer, require");
        }
    }

    private void journal(JournalSettings journal) {
        if (journal.maxSize() < MIN_JOURNAL_BYTES) {
            reject(
                    "statehub.journal.max-size",
                    journal.maxSize().toString(),
                    "at least " + MIN_JOURNAL_BYTES + " bytes, 64K");
        }
    }

    private void atMost(String setting, Duration value, String boundedBy, Duration bound) {
        if (value.compareTo(bound) > 0) {
            reject(setting, typed.apply(setting), "at most " + boundedBy + ", " + typed.apply(boundedBy));
        }
    }

    private void reject(String setting, String value, String allowed) {
        problems.add(setting + ": '" + ShortText.of(value) + "' is not allowed: it must be " + allowed);
    }
}
