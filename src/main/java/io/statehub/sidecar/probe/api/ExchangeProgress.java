package io.statehub.sidecar.probe.api;

import java.util.Optional;

/**
 * How far an exchange has come: what there is to say about it when it stops short.
 *
 * @param phase what is being waited for
 * @param head status and headers, once they have arrived
 * @param bodyBytes bytes of the body that have arrived
 */
record ExchangeProgress(Phase phase, Optional<AnswerHead> head, long bodyBytes) {

    /** What an exchange can be waiting for, in order. */
    enum Phase {
        LOOKUP,
        CONNECTION,
        HEAD,
        BODY
    }

    static ExchangeProgress before(Phase phase) {
        return new ExchangeProgress(phase, Optional.empty(), 0);
    }

    static ExchangeProgress reading(AnswerHead head, long bodyBytes) {
        return new ExchangeProgress(Phase.BODY, Optional.of(head), bodyBytes);
    }
}
