package io.statehub.sidecar.documentation;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.FailoverEvent;
import io.statehub.sidecar.failover.Outcome;
import io.statehub.sidecar.failover.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the document says of outcomes, phases and milestones begins with what the code says of them; it may say more.
 */
class FailoversDocumentTest {

    private static final Path CODE = Path.of("src", "main", "java", "io", "statehub", "sidecar", "failover");
    private static final Pattern WORDS_OF_A_CONSTANT = Pattern.compile("/\\*\\*([^/]+)\\*/\\s+([A-Z_]+)[(,;]");

    /** They are before or after an incident, or are told of in parts of their own. */
    private static final Set<FailoverEvent.Kind> NO_MILESTONES = EnumSet.of(
            FailoverEvent.Kind.PRIMARY_SEEN,
            FailoverEvent.Kind.PRIMARY_OUT_OF_SIGHT,
            FailoverEvent.Kind.LOSS_FOUND,
            FailoverEvent.Kind.REDUNDANCY_LOST,
            FailoverEvent.Kind.REDUNDANCY_REGAINED,
            FailoverEvent.Kind.ENDED);

    private static List<String> section(String heading) throws IOException {
        return Files.readString(Path.of("docs", "failovers.md"))
                .lines()
                .dropWhile(line -> !line.equals("## " + heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .toList();
    }

    /** The cells of a table, without those of its head. */
    private static List<List<String>> table(String heading) throws IOException {
        return section(heading).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .filter(cell -> !cell.isEmpty())
                        .toList())
                .toList();
    }

    /** By the name in metrics and JSON, what the comment on each constant says, as the document would write it. */
    private static Map<String, String> words(Class<? extends Enum<?>> of, String file) throws IOException {
        Set<String> names = Arrays.stream(of.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .collect(toSet());
        Map<String, String> words = WORDS_OF_A_CONSTANT
                .matcher(Files.readString(CODE.resolve(file)))
                .results()
                .filter(found -> names.contains(found.group(2)))
                .collect(toMap(
                        found -> "`" + found.group(2).toLowerCase(Locale.ROOT) + "`",
                        found -> written(found.group(1))));
        assertThat(words).hasSameSizeAs(names);
        return words;
    }

    private static String written(String comment) {
        String text = comment.replaceAll("\\s+\\*?\\s*", " ")
                .replaceAll("\\{@code ([^}]+)}", "`$1`")
                .strip();
        assertThat(text).endsWith(".");
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1, text.length() - 1);
    }

    @Test
    void everyOutcomeIsThereWithItsMeaning() throws IOException {
        Map<String, String> words = words(Outcome.class, "Outcome.java");
        String text = section("Outcomes").stream().map(String::strip).collect(joining(" "));
        Map<String, String> items = Arrays.stream(text.split("(^| )- (?=`[a-z_]+`: )", -1))
                .filter(item -> !item.isEmpty())
                .map(item -> item.split(": ", 2))
                .collect(toMap(item -> item[0], item -> item[1]));

        assertThat(items.remove("`in_progress`")).isEqualTo("it is ongoing.");
        assertThat(items)
                .containsOnlyKeys(words.keySet())
                .allSatisfy((outcome, meaning) -> assertThat(meaning).startsWith(words.get(outcome)));
    }

    @Test
    void everyPhaseIsThereInOrderWithItsEnds() throws IOException {
        Map<String, String> words = words(Phase.class, "Phase.java");
        List<List<String>> rows = table("Phases");

        assertThat(rows)
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(Arrays.stream(Phase.values())
                        .map(phase -> "`" + phase.label() + "`")
                        .toList());
        assertThat(rows)
                .allSatisfy(row -> assertThat(words.get(row.get(0)))
                        .startsWith("from when %s until %s".formatted(row.get(1), row.get(2))));
    }

    @Test
    void everyMilestoneIsThereInOrderWithItsMeaning() throws IOException {
        Map<String, String> words = words(FailoverEvent.Kind.class, "FailoverEvent.java");
        List<List<String>> rows = table("Milestones");

        assertThat(rows)
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(Arrays.stream(FailoverEvent.Kind.values())
                        .filter(kind -> !NO_MILESTONES.contains(kind))
                        .map(kind -> "`" + kind.label() + "`")
                        .toList());
        assertThat(rows).allSatisfy(row -> assertThat(row.get(1)).startsWith(words.get(row.get(0))));
    }
}
