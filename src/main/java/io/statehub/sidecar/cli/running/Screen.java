package io.statehub.sidecar.cli.running;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lines for a terminal of one width.
 *
 * @param width columns, at least {@link #LEAST}: longer sentences are wrapped, longer rows of a table cut with an
 *     ellipsis
 * @param coloured whether a status is written in its colour
 */
record Screen(int width, boolean coloured, List<String> lines) {

    static final int LEAST = 40;
    static final int MOST = 1000;
    static final int USUAL = 120;

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

    /** Rows in columns, each as wide as its widest cell; the first row has the headings. */
    void table(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .filter(row -> column < row.size())
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        for (List<String> row : rows) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                text.append(cell);
                if (column < row.size() - 1) {
                    text.append(" ".repeat(widths[column] - cell.length())).append(GAP);
                }
            }
            lines.add(painted(cut(text.toString().stripTrailing())));
        }
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
