package io.statehub.sidecar.assessment;

import java.time.Duration;

/**
 * How long a stream may say nothing before what it told is no longer believed.
 *
 * @param idle while the primary is in view: no longer than an idle stream is silent between two keepalives
 * @param unseen while no primary is in view, so that the silence may be that of one which is frozen
 */
public record Silence(Duration idle, Duration unseen) {

    static Silence of(AssessmentPolicy policy) {
        Duration idle = policy.maxStreamSilence();
        return new Silence(idle, idle.compareTo(policy.staleAfter()) < 0 ? idle : policy.staleAfter());
    }
}
