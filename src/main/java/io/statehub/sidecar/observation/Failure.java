package io.statehub.sidecar.observation;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A target's fault, as a fact.
 *
 * @param kind what kind of fault
 * @param detail one line for people; cut after {@value #MAX_DETAIL} characters, since targets write part of it
 */
public record Failure(FailureKind kind, String detail) {

    /** Room for a sentence and a host name; a server's message can be of any length. */
    public static final int MAX_DETAIL = 240;

    /** Spaces, and what would end a line or steer a terminal: a target's text goes to logs. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Z}\\p{Cc}]+");

    public Failure {
        requireNonNull(kind, "kind");
        detail = cut(UNPRINTABLE.matcher(detail).replaceAll(" ").strip());
    }

    private static String cut(String text) {
        if (text.length() <= MAX_DETAIL) {
            return text;
        }
        int end = MAX_DETAIL - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
