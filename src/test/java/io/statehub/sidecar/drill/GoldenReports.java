package io.statehub.sidecar.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reports as they must be; {@code -Dgolden.write=true} writes them again, to be read before they are committed. */
public final class GoldenReports {

    /** Where they are. */
    public static final Path FOLDER = Path.of("src", "test", "resources", "io", "statehub", "sidecar", "drill");

    private GoldenReports() {}

    /** Compares a text with the file of that name. */
    public static void assertGolden(String name, String text) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
