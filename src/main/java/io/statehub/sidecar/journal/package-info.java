/** What must outlive the process: when something is worth writing, and how a successor continues. */
@NullMarked
package io.statehub.sidecar.journal;

import org.jspecify.annotations.NullMarked;
