/** The command line. */
@NullMarked
package io.statehub.sidecar.cli;

import org.jspecify.annotations.NullMarked;
