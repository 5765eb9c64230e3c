/** A real browser, for what a person sees. */
@NullMarked
package io.statehub.sidecar.testing.browser;

import org.jspecify.annotations.NullMarked;
