/** What can be known of a native executable from class files alone. */
@NullMarked
package io.statehub.sidecar.testing.bytecode;

import org.jspecify.annotations.NullMarked;
