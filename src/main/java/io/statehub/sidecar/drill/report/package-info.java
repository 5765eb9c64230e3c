/** A drill's report as Markdown, as JSON and as a picture. Pure. */
@NullMarked
package io.statehub.sidecar.drill.report;

import org.jspecify.annotations.NullMarked;
