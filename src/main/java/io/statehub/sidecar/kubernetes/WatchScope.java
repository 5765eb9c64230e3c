package io.statehub.sidecar.kubernetes;

import java.util.Optional;

/**
 * Which objects are watched.
 *
 * @param namespace where the API and the database are
 * @param cluster the cnpg cluster's name; without it nothing of the operator, backups and volumes is watched
 * @param apiSelector label selector of the API's pods
 * @param longhornNamespace where Longhorn is
 */
record WatchScope(String namespace, Optional<String> cluster, String apiSelector, String longhornNamespace) {}
