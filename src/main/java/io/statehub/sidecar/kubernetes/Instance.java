package io.statehub.sidecar.kubernetes;

import io.statehub.sidecar.config.MemberAddress;
import java.util.Optional;

/**
 * One instance of a cnpg cluster.
 *
 * @param address where it was last seen; empty if its pod never had an address
 */
public record Instance(String name, Optional<MemberAddress> address) {

    /** One whose address is set. */
    public static Instance at(MemberAddress address) {
        return new Instance(address.name(), Optional.of(address));
    }
}
