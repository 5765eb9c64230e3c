package io.statehub.sidecar.probe.postgres;

import io.statehub.sidecar.observation.Beat;
import io.statehub.sidecar.time.Moment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which attempt has sent which beat. An attempt can be given up from another thread while it is about to send: it then
 * either has sent, or never will, so that no beat is both reported as not sent and written.
 */
final class SentBeats {

    private record Sent(Moment begun, Beat beat) {}

    private @Nullable Sent last;
    private @Nullable Moment givenUp;

    /** Marks a beat as sent by the attempt that began then; false if it has been given up and must not send. */
    synchronized boolean send(Moment begun, Beat beat) {
        if (givenUp != null && !begun.isAfter(givenUp)) {
            return false;
        }
        last = new Sent(begun, beat);
        return true;
    }

    /**
     * Whether the last beat that was sent was given up since this was asked last: what became of it later nobody heard.
     */
    synchronized boolean wasGivenUp() {
        boolean unheard = last != null && givenUp != null && last.begun().nanos() == givenUp.nanos();
        if (unheard) {
            last = null;
        }
        return unheard;
    }

    /** Gives up the attempt that began then: the beat that it had sent, if any. */
    synchronized Optional<Beat> giveUp(Moment begun) {
        givenUp = begun;
        return Optional.ofNullable(last)
                .filter(sent -> sent.begun().nanos() == begun.nanos())
                .map(Sent::beat);
    }
}
