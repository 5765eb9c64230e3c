package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The options of the JVM that the image is started with, as {@code Dockerfile.jvm} has them, so that limits are tested
 * as they are shipped.
 */
public final class ImageOptions {

    private static final Path DOCKERFILE = Path.of("Dockerfile.jvm");
    private static final Pattern QUOTED = Pattern.compile("\"(-X[^\"]+)\"");

    private ImageOptions() {}

    /** All of them but the archive of classes, which is where the image was built. */
    public static List<String> ofTheSidecar() {
        String entryPoint = text().replaceAll("(?s).*\nENTRYPOINT ", "");
        return QUOTED.matcher(entryPoint)
                .results()
                .map(MatchResult::group)
                .map(option -> option.replace("\"", ""))
                .filter(option -> !option.startsWith("-XX:SharedArchiveFile"))
                .toList();
    }

    /** Those of a command that is run in the sidecar's own container. */
    public static List<String> ofACommand() {
        String script = text().replaceAll("(?s).*'exec java ", "").replaceAll("(?s) -jar .*", "");
        return List.of(script.split(" ", -1));
    }

    private static String text() {
        try {
            return Files.readString(DOCKERFILE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
