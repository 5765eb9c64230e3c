package io.statehub.sidecar.documentation;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the document says of each state begins with what the code says of it; it may say more. */
class StatesDocumentTest {

    private static List<String> items() throws IOException {
        String section = Files.readString(Path.of("docs", "failovers.md"))
                .lines()
                .dropWhile(line -> !line.equals("## States"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .map(String::strip)
                .collect(joining(" "));
        return Arrays.stream(section.split("(^| )- (?=`)", -1)).skip(1).toList();
    }

    @Test
    void everyStateIsThereInOrderWithItsMeaning() throws IOException {
        Iterator<String> items = items().iterator();

        for (Standing standing : Standing.values()) {
            assertThat(items.next()).startsWith("`" + standing.label() + "`: " + standing.meaning());
        }
        assertThat(items).isExhausted();
    }
}
