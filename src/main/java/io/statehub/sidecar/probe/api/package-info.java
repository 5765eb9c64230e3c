/**
 * The HTTP API's probe: one request, one answer, judged.
 *
 * <p>{@link io.statehub.sidecar.probe.api.ApiExchange} talks and measures, {@link
 * io.statehub.sidecar.probe.api.AnswerRules} and {@link io.statehub.sidecar.probe.api.FaultClassifier} decide, {@link
 * io.statehub.sidecar.probe.api.ApiProbe} joins them.
 */
@NullMarked
package io.statehub.sidecar.probe.api;

import org.jspecify.annotations.NullMarked;
