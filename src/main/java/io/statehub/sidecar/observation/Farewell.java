package io.statehub.sidecar.observation;

import static java.util.Objects.requireNonNull;

import io.statehub.sidecar.time.Moment;

/**
 * The last words of a session that was held: its server ended it, and said that it is being shut down in order. That
 * run of the server has not answered in another session since. The words wait where they arrived until the next
 * question is asked, so by then the server may be back, or another one may stand at its address.
 *
 * @param run which run of which server said so
 * @param lastAnswer when it answered in that session for the last time: it was not being shut down yet
 * @param words what it said, in one line for people; cut after {@value Failure#MAX_DETAIL} characters
 */
public record Farewell(ServerIdentity run, Moment lastAnswer, String words) {

    public Farewell {
        requireNonNull(run, "run");
        requireNonNull(lastAnswer, "lastAnswer");
        words = ShortText.of(words);
    }
}
