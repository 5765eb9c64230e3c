/** Commands on the folder of evidence. */
@NullMarked
package io.statehub.sidecar.cli.evidence;

import org.jspecify.annotations.NullMarked;
