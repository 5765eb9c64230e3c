/** Findings in, text out: what an operator files. Decides by those of the assessment, and by the objectives. */
@NullMarked
package io.statehub.sidecar.report;

import org.jspecify.annotations.NullMarked;
