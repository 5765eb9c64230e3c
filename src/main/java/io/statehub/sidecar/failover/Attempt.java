package io.statehub.sidecar.failover;

import io.statehub.sidecar.time.Moment;

/**
 * One try of a service.
 *
 * @param begun when it began; a good one worked at some moment from here on
 * @param at when its result was known
 * @param good whether it worked
 * @param evidence what was seen, for people
 */
record Attempt(Service service, Moment begun, Moment at, boolean good, String evidence) {}
