package io.statehub.sidecar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.statehub.sidecar.system.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What {@code --output} names. */
public final class OutputFile {

    private OutputFile() {}

    /** The file can't be written; the message names the option, the file and why. */
    public static final class NotWrittenException extends Exception {
        private static final long serialVersionUID = 1L;

        NotWrittenException(Path output, IOException refusal) {
            super("--output: " + output + " can't be written: " + Refusal.of(refusal, output), refusal);
        }
    }

    /**
     * Writes a file whole or not at all: half of one would be taken for a damaged one when it is needed. What is there
     * and is no file, such as {@code /dev/stdout}, is written to as it is.
     *
     * @throws NotWrittenException if it can't be written
     */
    public static void write(Path output, String text) throws NotWrittenException {
        try {
            if (Files.exists(output) && !Files.isRegularFile(output)) {
                Files.writeString(output, text, UTF_8);
                return;
            }
            Path beside = output.resolveSibling(output.getFileName() + ".part");
            Files.writeString(beside, text, UTF_8);
            Files.move(beside, output, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new NotWrittenException(output, e);
        }
    }
}
