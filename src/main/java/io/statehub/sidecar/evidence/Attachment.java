package io.statehub.sidecar.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A file that belongs to an item.
 *
 * @param name 1 to 100 letters, digits and any of {@code . _ -}, the first of them a letter or a digit
 * @param content opened once, when the item is added
 */
public record Attachment(String name, Content content) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    /** @throws IllegalArgumentException if the name is not allowed, or is that of the item's own file */
    public Attachment {
        if (!allowed(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not allowed as the name of an attachment: it must be 1 to"
                            + " 100 letters, digits and any of . _ - (not " + ItemFile.NAME + ")");
        }
    }

    static boolean allowed(String name) {
        return NAME.matcher(name).matches() && !name.equals(ItemFile.NAME);
    }

    /** A text, as UTF-8. */
    public static Attachment text(String name, String text) {
        return new Attachment(name, () -> new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    /** A copy of a file, read in pieces. */
    public static Attachment file(String name, Path file) {
        return new Attachment(name, () -> Files.newInputStream(file));
    }
}
