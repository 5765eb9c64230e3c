@NullMarked
package io.statehub.sidecar.drill.restore.run;

import org.jspecify.annotations.NullMarked;
