/** Reads what a database holds: the catalog, the rows, and who may see them. Decides nothing. */
@NullMarked
package io.statehub.sidecar.drill.restore.server;

import org.jspecify.annotations.NullMarked;
