/** Durable lines: one JSON object each, checksummed, forced to disk, bounded, replayed at start; whatever they say. */
@NullMarked
package io.statehub.sidecar.journal;

import org.jspecify.annotations.NullMarked;
