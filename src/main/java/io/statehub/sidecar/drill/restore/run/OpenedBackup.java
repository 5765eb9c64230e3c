package io.statehub.sidecar.drill.restore.run;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A backup without its wrappings.
 *
 * @param kind what it is to be restored with
 * @param path a file, or a folder
 */
record OpenedBackup(Kind kind, Path path) {

    /** What restores it. */
    enum Kind {
        /** {@code pg_restore}, from a file or a folder. */
        ARCHIVE,
        /** {@code psql}. */
        SQL,
        /** A server that starts on it. */
        DATA_DIRECTORY
    }

    private static final int MOST_WRAPPINGS = 6;
    private static final int TAIL = 8192;
    private static final String COMPLETE = "PostgreSQL database dump complete";

    /** Takes the wrappings off, one after the other; each file of ours is deleted when the next one is there. */
    static OpenedBackup open(Path backup, Optional<Path> identity, Path folder, Programs programs)
            throws BackupException, InterruptedException {
        Path current = backup;
        for (int layer = 1; layer <= MOST_WRAPPINGS; layer++) {
            Path next = folder.resolve("layer-" + layer);
            Optional<OpenedBackup> opened = switch (form(current)) {
                case CUSTOM -> Optional.of(new OpenedBackup(Kind.ARCHIVE, current));
                case PLAIN -> Optional.of(whole(current));
                case TAR -> Optional.of(unpacked(current, folder.resolve("unpacked"), programs));
                case AGE -> {
                    decrypt(current, identity, next, programs);
                    yield Optional.empty();
                }
                case GZIP -> {
                    gunzip(current, next, programs.room());
                    yield Optional.empty();
                }
                case ZSTD -> {
                    unzstd(current, next, programs);
                    yield Optional.empty();
                }
            };
            if (opened.isPresent()) {
                return opened.get();
            }
            if (!current.equals(backup)) {
                delete(current);
            }
            current = next;
        }
        throw BackupException.notRun("it is wrapped more than " + MOST_WRAPPINGS + " times");
    }

    private static BackupForm form(Path file) throws BackupException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(BackupForm.HEAD);
            return BackupForm.of(head)
                    .orElseThrow(() -> BackupException.damaged(
                            head.length == 0
                                    ? "it is empty"
                                    : "it is neither encrypted with age nor compressed with gzip or zstd"
                                            + " nor a dump nor a tar file"));
        } catch (IOException e) {
            throw BackupException.notRun("the backup can't be read", e);
        }
    }

    private static void decrypt(Path from, Optional<Path> identity, Path to, Programs programs)
            throws BackupException, InterruptedException {
        Path key = identity.orElseThrow(() ->
                BackupException.notRun("it is encrypted with age: --identity must name the file with the secret key"));
        AgeDecryption.decrypt(from, key, to, programs);
    }

    private static void gunzip(Path from, Path to, Room room) throws BackupException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(from));
                OutputStream out = Files.newOutputStream(to)) {
            room.copy(in, out);
        } catch (ZipException | EOFException e) {
            throw BackupException.damaged(
                    "it can't be decompressed: it was cut off or damaged (" + e.getMessage() + ")");
        } catch (IOException e) {
            throw BackupException.notRun("it can't be decompressed into " + to + "", e);
        }
    }

    private static void unzstd(Path from, Path to, Programs programs) throws BackupException, InterruptedException {
        try {
            List<String> command = List.of(programs.other("zstd").toString(), "-dcq", from.toString());
            programs.run(command, to);
        } catch (Programs.ProgramFailedException e) {
            throw BackupException.damaged("it can't be decompressed: " + e.getMessage());
        }
    }

    /** A dump as SQL, of which the end is there: psql takes half a dump for a whole one. */
    private static OpenedBackup whole(Path sql) throws BackupException {
        try (RandomAccessFile file = new RandomAccessFile(sql.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(TAIL, file.length())];
            file.seek(file.length() - tail.length);
            file.readFully(tail);
            if (!new String(tail, StandardCharsets.UTF_8).contains(COMPLETE)) {
                throw BackupException.damaged("it was cut off: the line '" + COMPLETE + "' is not at its end");
            }
            return new OpenedBackup(Kind.SQL, sql);
        } catch (IOException e) {
            throw BackupException.notRun("the backup can't be read", e);
        }
    }

    private static OpenedBackup unpacked(Path tar, Path into, Programs programs)
            throws BackupException, InterruptedException {
        untar(tar, into, programs);
        Optional<Path> contents = holding(into, "toc.dat");
        if (contents.isPresent()) {
            // pg_dump's own tar format is read as it is; a folder that somebody packed, as a folder.
            boolean own = Files.exists(contents.get().resolve("restore.sql"));
            return new OpenedBackup(Kind.ARCHIVE, own ? tar : contents.get());
        }
        Optional<Path> data = holding(into, "PG_VERSION");
        if (data.isPresent()) {
            return new OpenedBackup(Kind.DATA_DIRECTORY, data.get());
        }
        return new OpenedBackup(Kind.DATA_DIRECTORY, baseBackup(into, programs));
    }

    /** What {@code pg_basebackup -Ft} writes: one tar file of the data, and one of the log. */
    private static Path baseBackup(Path folder, Programs programs) throws BackupException, InterruptedException {
        Path data = folder.resolve("data");
        untar(plain(named(folder, "base.tar"), programs), data, programs);
        untar(plain(named(folder, "pg_wal.tar"), programs), data.resolve("pg_wal"), programs);
        return data;
    }

    /** Such a file without its compression. */
    private static Path plain(Path tar, Programs programs) throws BackupException, InterruptedException {
        Path plain = tar.resolveSibling(tar.getFileName() + ".plain");
        return switch (form(tar)) {
            case GZIP -> {
                gunzip(tar, plain, programs.room());
                delete(tar);
                yield plain;
            }
            case ZSTD -> {
                unzstd(tar, plain, programs);
                delete(tar);
                yield plain;
            }
            case AGE, CUSTOM, TAR, PLAIN -> tar;
        };
    }

    private static Path named(Path folder, String name) throws BackupException {
        for (String ending : new String[] {"", ".gz", ".zst"}) {
            Optional<Path> found = holding(folder, name + ending);
            if (found.isPresent()) {
                return found.get().resolve(name + ending);
            }
        }
        throw BackupException.damaged(
                "the tar file holds neither a dump (toc.dat) nor a data directory (PG_VERSION) nor a base"
                        + " backup with its log: " + name + " is missing");
    }

    /** The folder with a file of that name: this one, or one at its top. */
    private static Optional<Path> holding(Path folder, String file) throws BackupException {
        try (Stream<Path> below = Files.list(folder)) {
            return Stream.concat(Stream.of(folder), below.filter(Files::isDirectory))
                    .filter(each -> Files.exists(each.resolve(file)))
                    .findFirst();
        } catch (IOException e) {
            throw BackupException.notRun(folder + " can't be read", e);
        }
    }

    private static void untar(Path tar, Path into, Programs programs) throws BackupException, InterruptedException {
        try {
            Files.createDirectories(into);
            // It has no more than its own size in it.
            programs.room().require(Files.size(tar));
            programs.run(
                    List.of(
                            programs.other("tar").toString(),
                            "-xf",
                            tar.toString(),
                            "--no-same-owner",
                            "-C",
                            into.toString()),
                    Map.of(),
                    "");
        } catch (Programs.ProgramFailedException e) {
            throw BackupException.damaged("it can't be unpacked: " + e.getMessage());
        } catch (IOException e) {
            throw BackupException.notRun(into + " can't be made", e);
        }
    }

    private static void delete(Path file) throws BackupException {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw BackupException.notRun(file + " can't be deleted", e);
        }
    }
}
