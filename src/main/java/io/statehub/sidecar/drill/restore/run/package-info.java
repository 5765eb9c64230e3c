/** From a backup's file to a database that runs: opening it, and the programs of PostgreSQL as processes. */
@NullMarked
package io.statehub.sidecar.drill.restore.run;

import org.jspecify.annotations.NullMarked;
