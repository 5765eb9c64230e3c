/**
 * What the observations mean. Pure: JDK types, time passed in, no logging, no framework. The same observations always
 * give the same assessment, be they live or replayed.
 */
@NullMarked
package io.statehub.sidecar.assessment;

import org.jspecify.annotations.NullMarked;
