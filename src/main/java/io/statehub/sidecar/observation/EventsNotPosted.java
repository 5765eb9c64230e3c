package io.statehub.sidecar.observation;

/**
 * Events that were to be posted and were not, since the start.
 *
 * @param tooMany left out since there had been too many
 * @param refused not taken by the API server
 */
public record EventsNotPosted(long tooMany, long refused) {

    public static final EventsNotPosted NONE = new EventsNotPosted(0, 0);

    public EventsNotPosted {
        if (tooMany < 0 || refused < 0) {
            throw new IllegalArgumentException("counts are not negative: " + tooMany + ", " + refused);
        }
    }
}
