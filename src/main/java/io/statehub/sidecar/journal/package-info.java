/** What must outlive the process: when something is worth writing, and how a successor goes on. */
@NullMarked
package io.statehub.sidecar.journal;

import org.jspecify.annotations.NullMarked;
