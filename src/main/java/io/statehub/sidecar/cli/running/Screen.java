package io.statehub.sidecar.cli.running;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Lines for a terminal of one width.
 *
 * @param width columns, at least {@link #LEAST}: longer sentences are wrapped, and so are cells of a table that is
 *     wider; columns that still have no room are left out from the right, so that no value is shown in part
 * @param coloured whether a status is written in its colour
 */
record Screen(int width, boolean coloured, List<String> lines) {

    static final int LEAST = 40;
    static final int MOST = 1000;
    static final int USUAL = 120;

    /** Longer ones are broken rather than widen their column: names of hosts may have 253 characters. */
    private static final int LONGEST_WORD = 30;

    private static final String GAP = "  ";
    private static final String RESET = "\u001b[0m";

    Screen(int width, boolean coloured) {
        this(width, coloured, new ArrayList<>());
    }

    /** A sentence, on as many lines as it takes. */
    void text(String text) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(painted(line.toString()));
                line.setLength(0);
                line.append(GAP);
            }
            line.append(line.toString().isBlank() ? "" : " ").append(cut(word));
        }
        lines.add(painted(line.toString()));
    }

    void blank() {
        lines.add("");
    }

    /** Rows in columns; the first row has the headings. */
    void table(List<List<String>> rows) {
        int[] widths = fitting(rows);
        for (List<String> row : rows) {
            List<List<String>> cells = IntStream.range(0, Math.min(widths.length, row.size()))
                    .mapToObj(column -> wrapped(row.get(column), widths[column]))
                    .toList();
            int height = cells.stream().mapToInt(List::size).max().orElse(0);
            for (int line = 0; line < height; line++) {
                StringBuilder text = new StringBuilder();
                for (int column = 0; column < cells.size(); column++) {
                    List<String> cell = cells.get(column);
                    String part = line < cell.size() ? cell.get(line) : "";
                    text.append(part)
                            .append(" ".repeat(widths[column] - part.length()))
                            .append(GAP);
                }
                lines.add(painted(text.toString().stripTrailing()));
            }
        }
    }

    /** Whether these rows have room without a cell that is wrapped. */
    boolean fits(List<List<String>> rows) {
        return total(widths(rows, String::length)) <= width;
    }

    /** The columns that have room, each as wide as its widest cell, or narrower if there is no room for that. */
    private int[] fitting(List<List<String>> rows) {
        int[] widths = widths(rows, String::length);
        int[] least = widths(rows, Screen::longestWord);
        while (total(least) > width) {
            least = Arrays.copyOf(least, least.length - 1);
        }
        widths = Arrays.copyOf(widths, least.length);
        while (total(widths) > width) {
            widths[widestToShrink(widths, least)]--;
        }
        return widths;
    }

    private static int widestToShrink(int[] widths, int[] least) {
        return IntStream.range(0, widths.length)
                .filter(column -> widths[column] > least[column])
                .boxed()
                .max(Comparator.comparingInt(column -> widths[column]))
                .orElseThrow();
    }

    private static int[] widths(List<List<String>> rows, ToIntFunction<String> measure) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .filter(row -> column < row.size())
                        .map(row -> row.get(column))
                        .mapToInt(measure)
                        .max()
                        .orElse(0))
                .toArray();
    }

    private static int total(int[] widths) {
        return Arrays.stream(widths).sum() + GAP.length() * Math.max(0, widths.length - 1);
    }

    private static int longestWord(String cell) {
        return Arrays.stream(cell.split(" ", -1))
                .mapToInt(word -> Math.min(word.length(), LONGEST_WORD))
                .max()
                .orElse(0);
    }

    /** A cell as lines; only a word that has no room in a line of its own is broken. */
    private static List<String> wrapped(String cell, int width) {
        List<String> wrapped = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : cell.split(" ", -1)) {
            String rest = word;
            if (line.length() > 0 && line.length() + 1 + rest.length() <= width) {
                line.append(' ').append(rest);
                continue;
            }
            if (line.length() > 0) {
                wrapped.add(line.toString());
                line.setLength(0);
            }
            for (; rest.length() > width; rest = rest.substring(width)) {
                wrapped.add(rest.substring(0, width));
            }
            line.append(rest);
        }
        wrapped.add(line.toString());
        return wrapped;
    }

    private String cut(String text) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    /** Colour is beside the word, never in its place. */
    private String painted(String text) {
        if (!coloured) {
            return text;
        }
        String painted = text;
        for (Paint paint : Paint.values()) {
            painted = painted.replaceAll("\\b" + paint.name() + "\\b", paint.code + paint.name() + RESET);
        }
        return painted;
    }

    private enum Paint {
        UP("\u001b[32m"),
        DEGRADED("\u001b[33m"),
        UNKNOWN("\u001b[35m"),
        DOWN("\u001b[31m");

        private final String code;

        Paint(String code) {
            this.code = code;
        }
    }
}
