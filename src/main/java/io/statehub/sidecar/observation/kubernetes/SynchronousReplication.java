package io.statehub.sidecar.observation.kubernetes;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which commits wait for which standbys, as the cluster's spec asks for it: {@code spec.postgresql.synchronous}, or the
 * older {@code spec.minSyncReplicas}.
 *
 * @param method {@code any} or {@code first}
 * @param number how many standbys a commit waits for
 * @param durability {@code required}, or {@code preferred}, which works without a standby; empty where the operator's
 *     default holds, which is {@code required}
 * @param quorum whether only a standby is promoted that can't lack an acknowledged commit
 */
public record SynchronousReplication(
        Optional<String> method, OptionalInt number, Optional<String> durability, boolean quorum) {

    /** Whether a commit that no standby has is never acknowledged. */
    public boolean required() {
        return !durability.filter(word -> !word.equals("required")).isPresent();
    }
}
