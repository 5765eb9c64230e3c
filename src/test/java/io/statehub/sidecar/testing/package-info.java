/**
 * What tests of several packages share: a clock that is moved by hand, probes that play a script, readable
 * observations.
 */
@NullMarked
package io.statehub.sidecar.testing;

import org.jspecify.annotations.NullMarked;
