package io.statehub.sidecar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What {@code --output} names. */
public final class OutputFile {

    private OutputFile() {}

    /** The file can't be written; the message names the option, the file and why. */
    public static final class NotWrittenException extends Exception {
        private static final long serialVersionUID = 1L;

        NotWrittenException(Path output, String why, Throwable cause) {
            super("--output: " + output + " can't be written: " + why, cause);
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
            throw new NotWrittenException(output, why(output, e), e);
        }
    }

    /** Some exceptions have a path for a message and nothing else. */
    private static String why(Path output, IOException failure) {
        Path folder = output.toAbsolutePath().getParent();
        if (failure instanceof NoSuchFileException) {
            return "the folder " + folder + " doesn't exist";
        }
        if (failure instanceof AccessDeniedException) {
            return "this user may not write to the folder " + folder;
        }
        if (Files.isDirectory(output)) {
            return "it is a folder";
        }
        String reason = failure instanceof FileSystemException refused ? refused.getReason() : failure.getMessage();
        return reason == null ? "the system gives no reason" : reason;
    }
}
