package io.statehub.sidecar.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The sentences on what always holds name tests that are there. */
class InvariantsTest {

    private static final Path SENTENCES = Path.of("src/main/java/io/statehub/sidecar/failover/package-info.java");
    private static final Pattern NAMED = Pattern.compile("\\{@code (\\w+Test)\\.(\\w+)}");

    @Test
    void eachSentenceNamesATestThatIsThere() throws IOException, ReflectiveOperationException {
        String text = Files.readString(SENTENCES);
        List<String> named = new ArrayList<>();
        Matcher matcher = NAMED.matcher(text);
        while (matcher.find()) {
            Class<?> test = Class.forName(InvariantsTest.class.getPackageName() + "." + matcher.group(1));
            String name = matcher.group(2);
            assertThat(test.getDeclaredMethods())
                    .as(test.getSimpleName() + "." + name)
                    .anyMatch(method -> method.getName().equals(name));
            named.add(name);
        }
        assertThat(named).hasSize(10);
        assertThat(text.split("<li>", -1)).as("ten sentences").hasSize(named.size() + 1);
    }
}
