@NullMarked
package io.statehub.sidecar.exposure.page;

import org.jspecify.annotations.NullMarked;
