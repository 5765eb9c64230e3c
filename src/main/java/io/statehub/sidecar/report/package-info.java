/** Evidence in, text out: what an operator files. Decides by the findings of the assessment, and by nothing else. */
@NullMarked
package io.statehub.sidecar.report;

import org.jspecify.annotations.NullMarked;
