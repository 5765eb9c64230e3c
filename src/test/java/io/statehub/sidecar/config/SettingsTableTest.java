package io.statehub.sidecar.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The table in {@code docs/settings.md} against the interfaces that read the settings: names and defaults are theirs,
 * and what is allowed is said as by who rejects the rest. {@code -Dgolden.write=true} writes these cells.
 */
class SettingsTableTest {

    private static final Path DOCUMENT = Path.of("docs", "settings.md");
    private static final String ROW = "| `statehub.";
    private static final String BETWEEN = " | ";

    @Test
    void everySettingIsThereOnce() throws IOException {
        assertThat(rows()).extracting(SettingsTableTest::name).containsExactlyInAnyOrderElementsOf(SettingNames.ALL);
    }

    @Test
    void eachHasItsDefaultAndWhatIsAllowed() throws IOException {
        Map<String, String> defaults = defaults();
        String made = Files.readAllLines(DOCUMENT).stream()
                .map(line -> line.startsWith(ROW) ? row(line, defaults) : line)
                .collect(joining("\n", "", "\n"));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(DOCUMENT, made);
        }

        assertThat(DOCUMENT).content().isEqualTo(made);
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith(ROW))
                .toList();
    }

    private static String name(String row) {
        return row.substring("| `".length(), row.indexOf("` | "));
    }

    /** What the setting is for is written by hand. */
    private static String row(String line, Map<String, String> defaults) {
        String[] cells = line.split(" \\| ", -1);
        assertThat(cells).as(line).hasSize(4);
        String name = name(line);
        return String.join(BETWEEN, cells[0], defaults.get(name), cells[2], allowed(name) + " |");
    }

    private static String allowed(String name) {
        DeclaredSetting setting = DeclaredSetting.ALL.stream()
                .filter(declared -> declared.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is no setting"));
        String allowed = setting.form().allowed();
        return setting.many() && !allowed.contains("commas") ? allowed + "; several with commas between" : allowed;
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new HashMap<>();
        SettingsTree.methods().forEach((name, method) -> defaults.put(name, defaultOf(method)));
        return defaults;
    }

    private static String defaultOf(Method method) {
        WithDefault given = method.getAnnotation(WithDefault.class);
        if (given != null) {
            return "`" + given.value() + "`";
        }
        return method.getReturnType() == Optional.class ? "–" : "**required**";
    }
}
