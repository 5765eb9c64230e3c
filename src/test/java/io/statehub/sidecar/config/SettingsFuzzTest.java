package io.statehub.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigValidationException;
import io.statehub.sidecar.testing.fuzz.Fuzz;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever somebody sets is taken, or refused in lines that one can read. */
class SettingsFuzzTest {

    private static final int MOST_CHARACTERS = 2_000;
    private static final int MOST_SETTINGS = 5;

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "1s",
            "900ms",
            "PT1H",
            "-1s",
            "99999999999d",
            "16M",
            "1K",
            "9223372036854775807",
            "3",
            "true",
            "yes",
            "https://api.example:8443",
            "http://[::1]:80/a?b=c#d",
            "/state/health?full=no",
            "jdbc:postgresql://rw:6432,ro/hub?sslmode=disable",
            "pg-1=10.0.0.1:5432,pg-2=[::1]",
            "pg-1=10.0.0.1:99999",
            "200,204",
            "verify-full",
            "scram-sha-256,md5",
            "/run/secrets/password",
            "${HOME}",
            "\u202eright to left",
            "cnpg",
            "nodes,pods");

    private static final List<String> NAMES = SettingsTree.names();

    @Test
    void everySettingIsTakenOrRefusedInLinesThatOneCanRead() {
        Fuzz.each("settings", 300, input -> {
            Map<String, String> given = new HashMap<>();
            for (int count = input.random().nextInt(MOST_SETTINGS) + 1; count > 0; count--) {
                String name = input.random().nextInt(20) == 0 ? input.changed(input.oneOf(NAMES)) : input.oneOf(NAMES);
                given.put(name, input.changed(input.oneOf(TEXTS)));
            }
            return problems(given).isEmpty();
        });
    }

    private static List<String> problems(Map<String, String> given) {
        List<String> problems;
        try {
            problems = SettingsTree.problemsWith(given);
        } catch (ConfigValidationException refused) {
            Map<String, String> all = new HashMap<>(SettingsTree.REQUIRED);
            all.putAll(given);
            problems = StartProblems.of(refused, SettingsTree.written(all).build(), Set.of());
            assertThat(problems).as("%s", given).isNotEmpty();
        }
        for (String problem : problems) {
            assertThat(problem.length()).as("%s", given).isLessThanOrEqualTo(MOST_CHARACTERS);
            assertThat(problem.chars()).as("%s: %s", given, problem).noneMatch(Character::isISOControl);
        }
        return problems;
    }
}
