/** The status page: what a person sees of the current snapshot, and how it changes. */
@NullMarked
package io.statehub.sidecar.exposure.page;

import org.jspecify.annotations.NullMarked;
