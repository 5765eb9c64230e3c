package io.statehub.sidecar.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What documents say of the executable's sources is what NativeSourcesIT holds them to. */
class NativeFiguresTest {

    private static final Path DECISION = Path.of("docs/decisions/0002-dependencies-and-what-they-cost.md");
    private static final Path PERFORMANCE = Path.of("docs/performance.md");

    private static String reviewed(String heading) throws IOException {
        Matcher figure =
                Pattern.compile("(?m)^# " + heading + ": (\\d+)").matcher(Files.readString(NativeSourcesIT.GOLDEN));
        assertThat(figure.find()).as(heading).isTrue();
        return figure.group(1);
    }

    @Test
    void documentsNameAsManyRegisteredClassesAsWereReviewed() throws IOException {
        String registered = reviewed("Registered for reflection by others than us") + ", and at most "
                + NativeSourcesIT.MOST_OF_OURS + " of ours |";

        assertThat(DECISION).content().contains("| classes registered for reflection | 3 002 | " + registered);
        assertThat(PERFORMANCE).content().contains("| classes registered for reflection | 3,002 | " + registered);
    }

    @Test
    void theDecisionNamesAsManyJarsAndMethodsAsAreAllowed() throws IOException {
        String methods = NativeSourcesIT.MOST_METHODS / 1000 + " 000 |";

        assertThat(DECISION)
                .content()
                .contains("| jars of libraries | 185 | " + reviewed("Jars of libraries") + " |")
                .contains("| methods that can be called (our own analysis, without the JDK's) | 105 413 | at most "
                        + methods);
    }
}
