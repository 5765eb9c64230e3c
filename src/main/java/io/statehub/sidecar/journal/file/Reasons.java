package io.statehub.sidecar.journal.file;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What the operating system refused, in words: some exceptions have a path for a message and nothing else. */
final class Reasons {

    private Reasons() {}

    static String of(Exception failure) {
        if (failure instanceof AccessDeniedException denied) {
            return denied.getFile() + " is not writable for this user; it must be";
        }
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist; it must";
        }
        if (failure instanceof NotDirectoryException noDirectory) {
            return noDirectory.getFile() + " is not a directory; it must be";
        }
        if (failure instanceof FileAlreadyExistsException existing) {
            return existing.getFile() + " exists already";
        }
        String message = failure.getMessage();
        return message == null ? "it can't be written to" : message;
    }
}
