package io.statehub.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** README's table of settings against the interfaces that read them. */
class SettingsTableTest {

    @Test
    void everySettingIsDocumentedWithItsDefault() throws IOException {
        Map<String, String> documented = new HashMap<>();
        try (var lines = Files.lines(Path.of("docs", "settings.md"))) {
            lines.filter(line -> line.startsWith("| `statehub."))
                    .map(line -> line.split(" \\| "))
                    .forEach(cells -> documented.put(cells[0].substring(2), cells[1]));
        }

        assertThat(documented).containsExactlyInAnyOrderEntriesOf(defaults());
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new HashMap<>();
        for (Method group : Settings.class.getMethods()) {
            Arrays.stream(group.getReturnType().getMethods())
                    .filter(method -> !method.isDefault())
                    .forEach(method -> defaults.put(
                            "`statehub." + group.getName() + "." + kebab(method.getName()) + "`", defaultOf(method)));
        }
        return defaults;
    }

    private static String defaultOf(Method method) {
        WithDefault given = method.getAnnotation(WithDefault.class);
        if (given != null) {
            return "`" + given.value() + "`";
        }
        return method.getReturnType() == Optional.class ? "–" : "**required**";
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
