/**
 * What a database holds, as a document, and how another database differs from it. Pure: no clock, no database, no file.
 */
@NullMarked
package io.statehub.sidecar.drill.restore;

import org.jspecify.annotations.NullMarked;
