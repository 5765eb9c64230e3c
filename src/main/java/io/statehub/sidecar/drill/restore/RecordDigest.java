package io.statehub.sidecar.drill.restore;

import java.util.List;

/**
 * One row, by its primary key.
 *
 * @param key the values of the primary key's columns as text, in the key's order
 */
public record RecordDigest(List<String> key, ContentDigest digest) {

    public RecordDigest {
        key = List.copyOf(key);
    }
}
