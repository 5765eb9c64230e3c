package io.statehub.sidecar.journal;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The journal of a directory. Appends come one after another; the status is read without waiting for one. */
final class FileJournal implements Journal {

    private static final Logger LOG = Logger.getLogger(FileJournal.class);

    private final Path directory;
    private final Limits limits;
    private final JournalWriter writer;
    private final Replay replay;

    private Optional<String> problem = Optional.empty();
    private long errors;
    private long tooLong;
    private boolean closed;
    private volatile JournalStatus status;

    private FileJournal(OpenDirectory.Plan plan, Consumer<JsonObject> entries) {
        directory = plan.directory();
        limits = plan.limits();
        writer = new JournalWriter(plan, this::complain);
        replay = start(plan, new ReplayNotes(entries));
        status = current();
    }

    /** As {@link Journal#open}, on a disk of the caller's. */
    static FileJournal open(
            Path directory,
            long maxBytes,
            Supplier<List<JsonObject>> carriedOver,
            Consumer<JsonObject> entries,
            Storage storage) {
        Path place = directory.toAbsolutePath().normalize();
        return new FileJournal(new OpenDirectory.Plan(place, new Limits(maxBytes), storage, carriedOver), entries);
    }

    private Replay start(OpenDirectory.Plan plan, ReplayNotes notes) {
        try {
            writer.open(notes);
        } catch (DirectoryLock.HeldException e) {
            degraded(e);
        } catch (IOException e) {
            degraded(e);
            new Recovery(plan.directory(), plan.limits(), plan.storage(), notes).readOnly();
        }
        Replay found = notes.replay();
        found.warnings().forEach(this::complain);
        return found;
    }

    @Override
    public Replay replay() {
        return replay;
    }

    @Override
    public JournalStatus status() {
        return status;
    }

    @Override
    public synchronized AppendResult append(JsonObject body) {
        byte[] line = JournalLine.encode(body);
        if (closed) {
            return new AppendResult.NotDurable("journal " + directory + ": is closed");
        }
        Optional<String> failure = line.length > limits.lineBytes() ? refused(line.length) : written(line);
        status = current();
        return failure.<AppendResult>map(AppendResult.NotDurable::new).orElseGet(AppendResult.Durable::new);
    }

    private Optional<String> refused(int length) {
        String reason = "journal " + directory + ": an entry has " + length + " bytes; allowed: " + limits.lineBytes();
        tooLong++;
        complain(reason);
        return Optional.of(reason);
    }

    private Optional<String> written(byte[] line) {
        writer.add(line);
        writeAll();
        return problem;
    }

    private void writeAll() {
        try {
            writer.writeAll();
            durable();
        } catch (IOException | RuntimeException e) {
            degraded(e);
        }
    }

    private void durable() {
        if (problem.isPresent()) {
            problem = Optional.empty();
            LOG.infof("Journal %s is durable again; entries lost meanwhile: %d", directory, writer.dropped());
        }
    }

    private void degraded(Exception failure) {
        errors++;
        Optional<String> reason = Optional.of("journal " + named(Reasons.of(failure)));
        if (!problem.equals(reason)) {
            problem = reason;
            LOG.warnf("%s; until then the newest %d entries wait in memory", reason.get(), Backlog.MAX_LINES);
        }
    }

    /** The operating system names the path in some of its messages, and in others not. */
    private String named(String reason) {
        return reason.startsWith(directory.toString()) ? reason : directory + ": " + reason;
    }

    private void complain(String sentence) {
        errors++;
        LOG.warn(sentence);
    }

    private JournalStatus current() {
        return new JournalStatus(
                problem.isPresent() ? JournalStatus.State.DEGRADED : JournalStatus.State.DURABLE,
                problem,
                errors,
                writer.written(),
                writer.waiting(),
                writer.dropped() + tooLong,
                Optional.of(directory));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (writer.waiting() > 0) {
            writeAll();
        }
        try {
            writer.close();
        } catch (IOException e) {
            degraded(e);
        }
        status = current();
    }
}
