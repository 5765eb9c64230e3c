package io.statehub.sidecar.journal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What stands in a file's place is looked at before it is opened: a pipe would hang, and a link would lead elsewhere.
 */
final class RegularFile {

    private RegularFile() {}

    /** @throws IOException if it is there and no regular file */
    static boolean exists(Path file) throws IOException {
        try {
            require(file);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** @throws IOException if it is not there, or no regular file */
    static void require(Path file) throws IOException {
        BasicFileAttributes there = look(file);
        if (!there.isRegularFile()) {
            throw new IOException(file + " is " + described(there) + ", which is neither read nor written: it must be a"
                    + " regular file, or not be there");
        }
    }

    /** @throws IOException if it is no directory, or a link to one */
    static void requireDirectory(Path directory) throws IOException {
        BasicFileAttributes there = look(directory);
        if (there.isSymbolicLink()) {
            throw new IOException(
                    directory + " is a symbolic link, which is not followed: it must be the directory itself");
        }
        if (!there.isDirectory()) {
            throw new NotDirectoryException(directory.toString());
        }
    }

    private static BasicFileAttributes look(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static String described(BasicFileAttributes there) {
        if (there.isSymbolicLink()) {
            return "a symbolic link";
        }
        return there.isDirectory() ? "a directory" : "a pipe, a socket or a device";
    }
}
