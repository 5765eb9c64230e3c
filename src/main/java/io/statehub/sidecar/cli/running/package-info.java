/** Commands that read a running sidecar over HTTP, and how they show it in a terminal. */
@NullMarked
package io.statehub.sidecar.cli.running;

import org.jspecify.annotations.NullMarked;
