/** Evidence in, text out: what an operator files. Decides by the findings of the assessment, and by the objectives. */
@NullMarked
package io.statehub.sidecar.report;

import org.jspecify.annotations.NullMarked;
