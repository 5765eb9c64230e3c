package io.statehub.sidecar.observation.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which standbys the primary waits for, as the operator noted it: {@code failoverquorums.postgresql.cnpg.io}.
 *
 * @param method {@code ANY} or {@code FIRST}
 * @param standbys the standbys of which some are waited for
 * @param number how many of them
 */
public record FailoverQuorum(
        String name, Optional<String> method, List<String> standbys, OptionalInt number, Optional<String> primary) {
    public FailoverQuorum {
        standbys = List.copyOf(standbys);
    }
}
