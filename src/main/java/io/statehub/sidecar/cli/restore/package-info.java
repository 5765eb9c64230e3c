/** {@code drill restore}: what is typed, and what is done for it. */
@NullMarked
package io.statehub.sidecar.cli.restore;

import org.jspecify.annotations.NullMarked;
