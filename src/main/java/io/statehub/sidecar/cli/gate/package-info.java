/** Commands that ask for, and give, the last yes. */
@NullMarked
package io.statehub.sidecar.cli.gate;

import org.jspecify.annotations.NullMarked;
