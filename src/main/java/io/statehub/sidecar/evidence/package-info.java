/**
 * What was proved, filed so that it can be shown later that nobody changed it: a folder of items, each with a digest.
 */
@NullMarked
package io.statehub.sidecar.evidence;

import org.jspecify.annotations.NullMarked;
