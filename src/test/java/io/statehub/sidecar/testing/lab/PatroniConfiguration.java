package io.statehub.sidecar.testing.lab;

import java.nio.file.Path;

/** The file that a node's Patroni reads. */
final class PatroniConfiguration {

    static final String DATA = "data";

    /** Patroni makes this role by itself; the lab's own replication role comes later, and stays unused here. */
    private static final String REPLICATION = "patroni";

    /**
     * A third of Patroni's defaults, so that a node loss takes ten seconds instead of thirty. Patroni 3.0 has no
     * minimum; 4 raises the ttl to 20 by itself.
     */
    private static final int TTL_SECONDS = 10;

    private static final int LOOP_WAIT_SECONDS = 2;
    private static final int RETRY_TIMEOUT_SECONDS = 3;

    private PatroniConfiguration() {}

    static String of(String name, Path root, Path programs, int port, int apiPort, int etcdPort) {
        return cluster(name, apiPort, etcdPort) + server(root, programs, port);
    }

    private static String cluster(String name, int apiPort, int etcdPort) {
        return """
                scope: lab
                name: %s
                restapi:
                  listen: 127.0.0.1:%d
                  connect_address: 127.0.0.1:%2$d
                etcd3:
                  host: 127.0.0.1:%d
                watchdog:
                  mode: 'off'
                bootstrap:
                  dcs:
                    ttl: %d
                    loop_wait: %d
                    retry_timeout: %d
                    postgresql:
                      use_pg_rewind: true
                      use_slots: true
                      parameters:
                        fsync: 'off'
                        max_connections: 50
                        shared_buffers: 16MB
                        wal_keep_size: 64MB
                        max_wal_size: 256MB
                        wal_log_hints: 'on'
                        wal_retrieve_retry_interval: 200ms
                        dynamic_shared_memory_type: mmap
                        huge_pages: 'off'
                  initdb:
                  - encoding: UTF8
                  - locale: C
                  - auth: scram-sha-256
                  - no-sync
                """.formatted(name, apiPort, etcdPort, TTL_SECONDS, LOOP_WAIT_SECONDS, RETRY_TIMEOUT_SECONDS);
    }

    private static String server(Path root, Path programs, int port) {
        return """
                postgresql:
                  listen: 127.0.0.1:%d
                  connect_address: 127.0.0.1:%1$d
                  data_dir: %s
                  bin_dir: %s
                  pgpass: %s
                  parameters:
                    unix_socket_directories: ''
                    log_line_prefix: '%%m [%%p] '
                  pg_hba:
                  - host all all 127.0.0.1/32 scram-sha-256
                  - host replication all 127.0.0.1/32 scram-sha-256
                  basebackup:
                  - checkpoint: fast
                  - no-sync
                  authentication:
                    superuser:
                      username: %s
                      password: %s
                    replication:
                      username: %s
                      password: %s
                """.formatted(
                        port,
                        root.resolve(DATA),
                        programs,
                        root.resolve("pgpass"),
                        LabRoles.SUPERUSER,
                        LabRoles.SUPERUSER_PASSWORD,
                        REPLICATION,
                        LabRoles.REPLICATION_PASSWORD);
    }
}
