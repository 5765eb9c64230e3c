package io.statehub.sidecar.journal;

import static io.statehub.sidecar.json.JsonLibrary.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Numbered entries, and what a directory has of them. */
final class Entries {

    static final long SIZE = 64 << 10;

    private Entries() {}

    static JsonObject entry(int number) {
        return JSON.createObjectBuilder()
                .add("n", number)
                .add("text", "zażółć \"\n\u2028 gęślą " + number)
                .build();
    }

    static JsonObject entry(int number, int padding) {
        return JSON.createObjectBuilder()
                .add("n", number)
                .add("padding", "x".repeat(padding))
                .build();
    }

    static Journal open(Path directory) {
        return Journal.open(directory, SIZE, List::of, entry -> {});
    }

    /** What the next process would find: the numbers of the entries in their order. */
    static List<Integer> replayed(Path directory) {
        List<Integer> numbers = new ArrayList<>();
        replay(directory, numbers);
        return numbers;
    }

    static Replay replay(Path directory, List<Integer> into) {
        try (Journal journal = Journal.open(directory, SIZE, List::of, body -> into.add(body.getInt("n")))) {
            assertThat(journal.replay().entries()).isEqualTo(into.size());
            return journal.replay();
        }
    }

    static void write(Path directory, int... numbers) {
        try (Journal journal = open(directory)) {
            for (int number : numbers) {
                assertThat(journal.append(entry(number))).isInstanceOf(AppendResult.Durable.class);
            }
        }
    }

    static Path segment(Path directory, int number) {
        return FileNames.segment(directory, number);
    }

    static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, UTF_8);
    }

    static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
