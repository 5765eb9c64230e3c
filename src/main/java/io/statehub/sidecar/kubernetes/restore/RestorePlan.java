package io.statehub.sidecar.kubernetes.restore;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be restored, and where.
 *
 * @param cluster the name of the live cluster, which the restored one has too: services, secrets and certificates are
 *     then named as the API knows them
 * @param namespace where the live one is
 * @param into the isolated namespace, which is there already; another one than {@code namespace}
 * @param targetTime when to recover to; all that was archived if empty
 * @param api the API's Deployment, of which a copy is started on the restored database; none if empty
 * @param deadline for the cluster to be healthy, and once more for the API
 * @param keep whether what was made stays
 */
public record RestorePlan(
        String cluster,
        String namespace,
        String into,
        Optional<Instant> targetTime,
        Optional<String> api,
        Duration deadline,
        boolean keep) {

    /** @throws IllegalArgumentException if it would be restored beside the live cluster, whose name it has */
    public RestorePlan {
        if (into.equals(namespace)) {
            throw new IllegalArgumentException(
                    "the namespace to restore into is " + into + ", where the live cluster is; it must be another one");
        }
    }
}
