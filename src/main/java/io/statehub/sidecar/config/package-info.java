/** Settings and nothing else: one typed interface a concern, checked when the process starts. */
@NullMarked
package io.statehub.sidecar.config;

import org.jspecify.annotations.NullMarked;
