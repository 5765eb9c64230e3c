@NullMarked
package io.statehub.sidecar.drill.restore.server;

import org.jspecify.annotations.NullMarked;
