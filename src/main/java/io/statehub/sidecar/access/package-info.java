/** Whether everything that the sidecar and the API depend on can be reached from here, step by step. */
@NullMarked
package io.statehub.sidecar.access;

import org.jspecify.annotations.NullMarked;
