/** What the operating system refuses, in words. */
@NullMarked
package io.statehub.sidecar.system;

import org.jspecify.annotations.NullMarked;
