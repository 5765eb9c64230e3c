package io.statehub.sidecar.observation.kubernetes;

/**
 * Where the backup plugin keeps a cluster: {@code spec.plugins[].parameters}.
 *
 * @param store the name of the object store
 * @param server the name of the cluster in it, which is the cluster's own unless another is set
 */
public record BackupServer(String store, String server) {}
