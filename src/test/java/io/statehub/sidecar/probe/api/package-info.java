/** Tests of the API probe against servers that answer, or don't, byte by byte as told. */
@NullMarked
package io.statehub.sidecar.probe.api;

import org.jspecify.annotations.NullMarked;
