package io.statehub.sidecar.probe.api;

import io.vertx.core.buffer.Buffer;

/**
 * An answer, as far as it was read.
 *
 * @param head status and headers
 * @param body the body's bytes, or its first ones
 * @param cut whether the body has, or announces, more than was to be read
 */
record Answer(AnswerHead head, Buffer body, boolean cut) {}
