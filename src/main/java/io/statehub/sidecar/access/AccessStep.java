package io.statehub.sidecar.access;

import java.time.Duration;

/**
 * One step on the way to one target.
 *
 * @param target who is to be reached
 * @param name what was tried
 * @param took how long; zero if it was not tried
 * @param evidence what was seen, or why it failed or was not tried
 */
public record AccessStep(String target, String name, Result result, Duration took, String evidence) {

    /** What came of it. */
    public enum Result {
        PASS,
        FAIL,
        /** Not tried: a step before it failed, or there is nothing to try. */
        SKIPPED
    }
}
