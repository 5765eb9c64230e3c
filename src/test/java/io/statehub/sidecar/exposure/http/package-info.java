/** What clients may cost. */
@NullMarked
package io.statehub.sidecar.exposure.http;

import org.jspecify.annotations.NullMarked;
