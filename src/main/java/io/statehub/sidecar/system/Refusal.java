package io.statehub.sidecar.system;

import java.io.EOFException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a file can't be read or written, a program not be run, a name not be found: the end of a sentence that says what
 * was tried. Java's exceptions have a path for a message, or the name of a class, or nothing.
 */
public final class Refusal {

    /** A name is all of the message, or followed by what the resolver says. */
    private static final String AFTER_A_NAME = "[:\\s].*";

    private Refusal() {}

    private enum Reason {
        MISSING("No such file or directory", NoSuchFileException.class, "%s does not exist"),
        FORBIDDEN("Permission denied", AccessDeniedException.class, "%s is not accessible to this user"),
        NOT_A_FOLDER("Not a directory", NotDirectoryException.class, "%s is not a folder"),
        A_FOLDER("Is a directory", "%s is a folder"),
        PRESENT("File exists", FileAlreadyExistsException.class, "%s exists already"),
        NOT_EMPTY("Directory not empty", DirectoryNotEmptyException.class, "%s is not empty"),
        READ_ONLY("Read-only file system", "%s is on a file system that is read-only"),
        TOO_MANY_LINKS("Too many levels of symbolic links", "%s leads through too many symbolic links"),
        FULL("No space left on device", "no space is left on the disk"),
        OVER_QUOTA("Disk quota exceeded", "this user may not have more space on the disk");

        private final String ofTheSystem;
        private final @Nullable Class<? extends FileSystemException> ofJava;
        private final String words;

        Reason(String ofTheSystem, String words) {
            this(ofTheSystem, null, words);
        }

        Reason(String ofTheSystem, @Nullable Class<? extends FileSystemException> ofJava, String words) {
            this.ofTheSystem = ofTheSystem;
            this.ofJava = ofJava;
            this.words = words;
        }

        private boolean isOf(Throwable failure) {
            return failure.getClass() == ofJava
                    || said(failure).filter(text -> text.contains(ofTheSystem)).isPresent();
        }

        private static Optional<Reason> of(Throwable failure) {
            return Arrays.stream(values())
                    .filter(reason -> reason.isOf(failure))
                    .findFirst();
        }
    }

    /** Why, with the file that the failure names. */
    public static String of(Throwable failure) {
        return of(failure, Optional.empty());
    }

    /**
     * Why.
     *
     * @param told the file that the sentence has named before: here it is "it"
     */
    public static String of(Throwable failure, Path told) {
        return of(failure, Optional.of(told));
    }

    private static String of(Throwable failure, Optional<Path> told) {
        Throwable cause = failure.getCause();
        if (cause != null && cause.toString().equals(failure.getMessage())) {
            return of(cause, told);
        }
        Optional<Path> file = file(failure);
        Optional<Path> untold = file.filter(it -> !told.equals(Optional.of(it)));
        return Reason.of(failure)
                .map(reason -> {
                    String subject = untold.map(Path::toString).orElse("it");
                    return reason.words.replace(
                            "%s",
                            file.flatMap(it -> obstacle(reason, it, subject)).orElse(subject));
                })
                .orElseGet(() -> untold.map(it -> it + ": ").orElse("") + otherwise(failure));
    }

    private static Optional<Path> file(Throwable failure) {
        return failure instanceof FileSystemException refused
                ? Optional.ofNullable(refused.getFile()).map(Path::of)
                : Optional.empty();
    }

    /** What is in the way if it isn't the file itself: a folder on the way to it, or what it links to. */
    private static Optional<String> obstacle(Reason reason, Path file, String subject) {
        Path whole = file.toAbsolutePath();
        if (Files.exists(whole, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(subject + " is a link to something that")
                    .filter(it -> reason == Reason.MISSING && Files.isSymbolicLink(whole));
        }
        Stream<Path> folders =
                Stream.<@Nullable Path>iterate(whole.getParent(), folder -> folder != null, Path::getParent);
        Optional<Path> folder = switch (reason) {
            case MISSING -> folders.filter(Files::notExists).reduce((lower, upper) -> upper);
            case FORBIDDEN, NOT_A_FOLDER -> folders.filter(Files::exists).findFirst();
            case A_FOLDER, PRESENT, NOT_EMPTY, READ_ONLY, TOO_MANY_LINKS, FULL, OVER_QUOTA -> Optional.empty();
        };
        return folder.map(it -> (Files.isRegularFile(it) ? "" : "the folder ") + it);
    }

    private static String otherwise(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return "the name " + said(failure).orElse("").replaceFirst(AFTER_A_NAME, "") + " has no address";
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        return said(failure).orElse(failure instanceof EOFException ? "it ends too early" : "no reason is given");
    }

    private static Optional<String> said(Throwable failure) {
        return Optional.ofNullable(
                failure instanceof FileSystemException refused ? refused.getReason() : failure.getMessage());
    }
}
