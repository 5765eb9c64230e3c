/** The command line: what is typed, and what is done for it. */
@NullMarked
package io.statehub.sidecar.cli;

import org.jspecify.annotations.NullMarked;
