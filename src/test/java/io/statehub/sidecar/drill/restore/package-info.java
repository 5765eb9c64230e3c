@NullMarked
package io.statehub.sidecar.drill.restore;

import org.jspecify.annotations.NullMarked;
