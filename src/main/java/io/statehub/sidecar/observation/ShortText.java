package io.statehub.sidecar.observation;

import java.util.regex.Pattern;

/** Text that others wrote, made fit for one line of ours: it goes to logs, metrics and terminals. */
public final class ShortText {

    /** Room for a sentence and a host name; a server's message can be of any length. */
    public static final int MAX = 240;

    /**
     * Spaces, and what would end a line, steer a terminal, turn the direction of what follows or be seen by nobody:
     * control and format characters, halves of characters, private and unassigned ones.
     */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Z}\\p{C}]+");

    private ShortText() {}

    /** The same in one line, cut after {@value #MAX} characters. */
    public static String of(String text) {
        return of(text, MAX);
    }

    /**
     * The same in one line.
     *
     * @param most after how many characters it is cut, from 2
     */
    public static String of(String text, int most) {
        return cut(UNPRINTABLE.matcher(text).replaceAll(" ").strip(), most);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
