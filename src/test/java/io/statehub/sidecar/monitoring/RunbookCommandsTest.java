package io.statehub.sidecar.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands that somebody types at three in the morning: they end by themselves, need no other program, and name what
 * they mean.
 */
class RunbookCommandsTest {

    private static final Path RUNBOOKS = Path.of("docs", "runbooks");
    private static final String STATUS =
            "kubectl -n state-hub exec deploy/state-hub -c state-hub-sidecar -- state-hub-sidecar status";
    private static final Pattern COMMAND = Pattern.compile("^ {4}(kubectl .*)$|`(kubectl [^`]*)`", Pattern.MULTILINE);
    private static final Pattern FIRST_COMMAND =
            Pattern.compile("## How to check\\n.*?^ {4}(\\S.*?)$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern BLOCKS = Pattern.compile("port-forward|\\s(-w|--watch|-f|--follow)\\b|\\bjq\\b");
    private static final Pattern NAMESPACE = Pattern.compile("\\s-n \\S+");
    private static final Pattern OF_NO_NAMESPACE =
            Pattern.compile("kubectl (get|describe|delete|cordon|uncordon) nodes?\\b.*");

    /** Words that Longhorn, the operator, its plugins or others may all have a kind for. */
    private static final Pattern AMBIGUOUS = Pattern.compile("\\b(get|describe|annotate|patch|delete)"
            + " (\\S+,)?(clusters?|backups?|scheduledbackups?|objectstores?|volumes?|engines?|replicas?)"
            + "(\\s|,|$)");

    static Stream<Path> runbooks() throws IOException {
        try (Stream<Path> files = Files.list(RUNBOOKS)) {
            return files
                    .filter(file -> file.getFileName().toString().startsWith("StateHub"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static List<String> commands(String text) {
        return COMMAND.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void aRunbookBeginsWithTheStatusInTheTerminal(Path runbook) throws IOException {
        assertThat(FIRST_COMMAND.matcher(Files.readString(runbook)).results().map(found -> found.group(1)))
                .containsExactly(STATUS);
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void everyCommandEndsByItselfAndSaysWhereAndWhat(Path runbook) throws IOException {
        assertThat(commands(Files.readString(runbook))).isNotEmpty().allSatisfy(command -> {
            assertThat(command).doesNotContainPattern(BLOCKS).doesNotContainPattern(AMBIGUOUS);
            assertThat(NAMESPACE.matcher(command).find()
                            || OF_NO_NAMESPACE.matcher(command).matches())
                    .as("names its namespace: " + command)
                    .isTrue();
        });
    }
}
