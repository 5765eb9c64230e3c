/**
 * What stands between the network and the endpoints: limits on connections, answers made once and served to all, and
 * the headers that every answer has. Whoever reaches the port is not trusted, so nothing here grows with what a client
 * does.
 */
@NullMarked
package io.statehub.sidecar.exposure.http;

import org.jspecify.annotations.NullMarked;
