package io.statehub.sidecar.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What is fixed in application.properties. */
class ApplicationPropertiesTest {

    /**
     * The later one would win without a word: the compiler's arguments stood there twice, and half of them were lost.
     */
    @Test
    void noKeyStandsTwice() throws IOException {
        List<String> again = new ArrayList<>();
        Properties settings = new Properties() {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized Object put(Object key, Object value) {
                Object before = super.put(key, value);
                if (before != null) {
                    again.add(key.toString());
                }
                return before;
            }
        };
        try (InputStream in = getClass().getResourceAsStream("/application.properties")) {
            settings.load(in);
        }

        assertThat(settings).isNotEmpty();
        assertThat(again).as("keys that stand twice").isEmpty();
    }
}
