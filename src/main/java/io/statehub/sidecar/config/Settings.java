package io.statehub.sidecar.config;

import io.smallrye.config.ConfigMapping;

/** Everything under {@code statehub.}; a key there that is none of these stops the start. */
@ConfigMapping(prefix = "statehub")
public interface Settings {

    ApiSettings api();

    PostgresSettings postgres();

    ProbeSettings probe();

    ReplicationSettings replication();

    ReadinessSettings readiness();

    HeartbeatSettings heartbeat();

    ObjectivesSettings objectives();

    JournalSettings journal();

    KubernetesSettings kubernetes();

    PageSettings page();
}
