package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/** A copy of a running server's data directory, by the low-level backup protocol; primary or standby alike. */
final class BaseBackup {

    private static final Path CONTROL_FILE = Path.of("global", "pg_control");

    /** Kept as empty directories: their content belongs to the running server, or is rebuilt or streamed. */
    private static final Set<Path> EMPTIED = Set.of(
            Path.of("pg_wal"),
            Path.of("pg_replslot"),
            Path.of("pg_dynshmem"),
            Path.of("pg_notify"),
            Path.of("pg_serial"),
            Path.of("pg_snapshots"),
            Path.of("pg_stat_tmp"),
            Path.of("pg_subtrans"));

    private static final Set<String> SKIPPED =
            Set.of("postmaster.pid", "postmaster.opts", "pg_internal.init", "standby.signal", "recovery.signal");

    private BaseBackup() {}

    static void copy(String jdbcUrl, Path from, Path to) throws SQLException, IOException {
        // One session from start to stop: the backup is bound to it.
        try (Connection connection = Superuser.connect(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('lab', true)");
            copyFiles(from, to);
            // A standby checkpoints while we copy: the control file must be at least as new as every other file.
            Files.copy(from.resolve(CONTROL_FILE), to.resolve(CONTROL_FILE), StandardCopyOption.COPY_ATTRIBUTES);
            try (ResultSet stop = statement.executeQuery("SELECT labelfile, spcmapfile FROM pg_backup_stop(false)")) {
                stop.next();
                Files.writeString(to.resolve("backup_label"), stop.getString(1));
                String tablespaces = stop.getString(2);
                if (tablespaces != null && !tablespaces.isBlank()) {
                    Files.writeString(to.resolve("tablespace_map"), tablespaces);
                }
            }
        }
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        Directories.create(to);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Path relative = from.relativize(directory);
                Path copy = to.resolve(relative);
                if (!Files.exists(copy)) {
                    Directories.create(copy);
                }
                return EMPTIED.contains(relative) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path relative = from.relativize(file);
                if (!relative.equals(CONTROL_FILE) && !isSkipped(file)) {
                    copyIfThere(file, to.resolve(relative));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                return skipIfGone(failure);
            }
        });
    }

    private static boolean isSkipped(Path file) {
        String name = String.valueOf(file.getFileName());
        return SKIPPED.contains(name) || name.startsWith("pgsql_tmp");
    }

    private static void copyIfThere(Path file, Path copy) throws IOException {
        try {
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException failure) {
            skipIfGone(failure);
        }
    }

    /** A file that the server removed during the copy is removed again by the replay of its log. */
    private static FileVisitResult skipIfGone(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
