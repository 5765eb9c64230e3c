package io.statehub.sidecar.drill.restore.run;

import io.statehub.sidecar.drill.restore.Manifest;
import io.statehub.sidecar.drill.restore.run.Programs.ProgramFailedException;
import io.statehub.sidecar.system.FileTree;
import io.statehub.sidecar.system.Refusal;
import io.statehub.sidecar.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Restores a backup into a server that is made for it, or a database that is given, and removes what it made when it is
 * closed. Used by one thread;
 * {@link #close} by any.
 */
public final class Restoration implements AutoCloseable {

    private final Path folder;
    private final Programs programs;
    private final String superuser;
    private final Duration startDeadline;
    private final TimeSource time;
    private final Consumer<String> told;
    private @Nullable TemporaryServer server;

    /**
     * Makes a folder for everything.
     *
     * @param parent where the folder is made; it has to have room for the backup, unpacked, and for the database
     * @param bin where PostgreSQL's programs are; empty to look on the PATH and where Debian has them
     * @param superuser of the server; of a base backup, one that it holds
     * @param startDeadline for the server to recover
     * @param maxSize bytes that all of it may take; nine tenths of what is free if empty
     * @param told of each step, in one line
     */
    public Restoration(
            Path parent,
            Optional<Path> bin,
            String superuser,
            Duration startDeadline,
            OptionalLong maxSize,
            TimeSource time,
            Consumer<String> told)
            throws BackupException {
        try {
            this.folder = Files.createTempDirectory(parent, "restore-drill-").toAbsolutePath();
            this.programs = new Programs(bin, folder, Room.below(folder, maxSize));
        } catch (IOException e) {
            throw BackupException.notRun("--work: no folder can be made in " + parent + "", e);
        }
        this.superuser = superuser;
        this.startDeadline = startDeadline;
        this.time = time;
        this.told = told;
    }

    /**
     * Does it all.
     *
     * @param identity file with the secret key, if the backup is encrypted
     * @param manifest of the database that was backed up: its name, encoding and roles are needed
     * @return the database of the manifest's name, in a server that is there until this is closed
     */
    public RestoredDatabase restore(BackupSource source, Optional<Path> identity, Manifest manifest)
            throws BackupException, InterruptedException {
        OpenedBackup backup = opened(source, identity);
        TemporaryServer made = backup.kind() == OpenedBackup.Kind.DATA_DIRECTORY
                ? TemporaryServer.on(backup.path(), folder, programs, superuser)
                : TemporaryServer.empty(
                        folder, programs, superuser, manifest.origin().encoding());
        synchronized (this) {
            server = made;
        }
        told.accept("starting a temporary server on port " + made.port());
        made.start(startDeadline, time);
        if (backup.kind() != OpenedBackup.Kind.DATA_DIRECTORY) {
            told.accept("restoring");
            load(backup, made, manifest);
        }
        return made.database(manifest.origin().database());
    }

    /**
     * Restores a dump into a database that is given, which is empty, in one transaction: if it fails nothing of it
     * stays. What it restored is left there.
     *
     * @param identity file with the secret key, if the backup is encrypted
     */
    public void restoreInto(BackupSource source, Optional<Path> identity, RestoredDatabase into)
            throws BackupException, InterruptedException {
        OpenedBackup backup = opened(source, identity);
        if (backup.kind() == OpenedBackup.Kind.DATA_DIRECTORY) {
            throw BackupException.notRun("--into: a base backup is a whole server, which no database can take; without"
                    + " --into it gets a server of its own");
        }
        if (backup.kind() == OpenedBackup.Kind.ARCHIVE) {
            readable(backup);
        }
        told.accept("restoring into " + into);
        List<String> command = loading(backup, List.of("-d", into.database()));
        command.add(1, "--single-transaction");
        try {
            programs.run(command, into.environment(), "");
        } catch (ProgramFailedException e) {
            throw BackupException.notRun("the backup is whole, but " + into
                    + " did not take it, and nothing was left there: " + e.getMessage());
        }
    }

    private OpenedBackup opened(BackupSource source, Optional<Path> identity)
            throws BackupException, InterruptedException {
        told.accept("fetching " + source.location().replaceAll("\\?.*", "?…"));
        Path file = source.fetched(folder);
        told.accept("opening " + file.getFileName());
        return OpenedBackup.open(file, identity, folder, programs);
    }

    /** Reads all of it without a server, so that what a given server refuses isn't taken for damage. */
    private void readable(OpenedBackup backup) throws BackupException, InterruptedException {
        try {
            programs.run(
                    List.of(
                            programs.path("pg_restore").toString(),
                            "-f",
                            "/dev/null",
                            backup.path().toString()),
                    Map.of(),
                    "");
        } catch (ProgramFailedException e) {
            throw BackupException.damaged("it can't be read: " + e.getMessage());
        }
    }

    private void load(OpenedBackup backup, TemporaryServer to, Manifest manifest)
            throws BackupException, InterruptedException {
        String database = manifest.origin().database();
        try {
            prepare(to, manifest);
        } catch (ProgramFailedException e) {
            throw BackupException.notRun("the database can't be prepared: " + e.getMessage());
        }
        try {
            List<String> command = loading(backup, to.connection(database));
            programs.run(command, Map.of(), "");
        } catch (ProgramFailedException e) {
            throw BackupException.damaged("it can't be restored: " + e.getMessage());
        }
    }

    private List<String> loading(OpenedBackup backup, List<String> connection) throws BackupException {
        List<String> command = new ArrayList<>();
        if (backup.kind() == OpenedBackup.Kind.ARCHIVE) {
            command.addAll(List.of(programs.path("pg_restore").toString(), "--exit-on-error", "-w"));
            command.addAll(connection);
            command.add(backup.path().toString());
        } else {
            command.addAll(List.of(programs.path("psql").toString(), "-X", "-w", "-q", "-v", "ON_ERROR_STOP=1"));
            command.addAll(connection);
            command.addAll(List.of("-f", backup.path().toString()));
        }
        return command;
    }

    /** A dump holds neither the roles that it names nor, mostly, its database. */
    private static void prepare(TemporaryServer server, Manifest manifest)
            throws BackupException, InterruptedException, ProgramFailedException {
        StringBuilder roles = new StringBuilder();
        for (String role : manifest.roles()) {
            if (!role.equals(server.superuser())) {
                roles.append("CREATE ROLE ")
                        .append(TemporaryServer.quoted(role))
                        .append(";\n");
            }
        }
        server.sql("postgres", roles.toString());
        String database = manifest.origin().database();
        if (!database.equals("postgres")) {
            server.sql("postgres", "CREATE DATABASE " + TemporaryServer.quoted(database) + " TEMPLATE template0");
        }
    }

    /** Ends what runs, stops the server and removes everything. */
    @Override
    public void close() {
        programs.close();
        TemporaryServer running;
        synchronized (this) {
            running = server;
        }
        if (running != null) {
            running.close();
        }
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            told.accept("not removed: " + folder + ": " + Refusal.of(e, folder));
        }
    }
}
