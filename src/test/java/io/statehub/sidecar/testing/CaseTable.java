package io.statehub.sidecar.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A table of cases in Markdown, among the resources of the tests. */
public final class CaseTable {

    private CaseTable() {}

    /**
     * The cells of each row but the heading's, in order.
     *
     * @param file as seen from that class
     * @param first the heading of the first column
     * @param columns how many cells a row has; one with more or fewer is refused
     */
    public static List<List<String>> rows(Class<?> from, String file, String first, int columns) {
        try (InputStream table = from.getResourceAsStream(file)) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("| ") && !line.startsWith("| " + first + " "))
                    .map(line -> cells(line, columns))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line, int columns) {
        List<String> cells = Arrays.stream(
                        line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(String::trim)
                .toList();
        if (cells.size() != columns) {
            throw new IllegalArgumentException(cells.size() + " cells in place of " + columns + ": " + line);
        }
        return cells;
    }
}
