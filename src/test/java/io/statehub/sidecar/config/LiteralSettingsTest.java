package io.statehub.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralSettingsTest {

    private static SmallRyeConfig config(String name, String value) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredInterceptors()
                .withSources(new PropertiesConfigSource(Map.of(name, value, "other", "expanded"), "test", 100))
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a${other}b",
                "a${absent}b",
                "a${absent:fallback}b",
                "$",
                "$$",
                "a$b",
                "\\$",
                "\\${other}",
                "a\\b",
                "${",
                "$}",
                "plain"
            })
    void aPasswordIsWhatWasWritten(String password) {
        String name = "statehub.postgres.password";

        assertThat(config(name, password).getValue(name, String.class)).isEqualTo(password);
    }

    @ParameterizedTest
    @ValueSource(strings = "a${other}b")
    void whatIsNoSettingOfOursIsExpandedAsEver(String text) {
        assertThat(config("quarkus.some", text).getValue("quarkus.some", String.class))
                .isEqualTo("aexpandedb");
    }
}
