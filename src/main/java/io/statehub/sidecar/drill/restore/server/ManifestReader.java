package io.statehub.sidecar.drill.restore.server;

import io.statehub.sidecar.drill.restore.Manifest;
import io.statehub.sidecar.drill.restore.Origin;
import io.statehub.sidecar.drill.restore.RunningServer;
import io.statehub.sidecar.drill.restore.SchemaObject;
import io.statehub.sidecar.drill.restore.SequenceState;
import io.statehub.sidecar.drill.restore.TableState;
import io.statehub.sidecar.drill.restore.Unseen;
import io.statehub.sidecar.drill.restore.server.SnapshotSession.SnapshotLostException;
import io.statehub.sidecar.probe.postgres.LongLogins;
import io.statehub.sidecar.time.TimeSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a database holds, in one snapshot that all sessions share. Reads alone: whatever it sets ends with its
 * transactions, and no table stays locked for longer than a statement takes.
 */
public final class ManifestReader {

    private static final int SNAPSHOTS = 3;

    private final LongLogins logins;
    private final ReadingLimits limits;
    private final ReadingProgress progress;
    private final TimeSource time;
    private final Map<String, String> skippedSchemas;

    /** @param skippedSchemas schemas whose rows are not read, each with the reason */
    public ManifestReader(
            LongLogins logins,
            ReadingLimits limits,
            ReadingProgress progress,
            TimeSource time,
            Map<String, String> skippedSchemas) {
        this.logins = logins;
        this.limits = limits;
        this.progress = progress;
        this.time = time;
        this.skippedSchemas = Map.copyOf(skippedSchemas);
    }

    /** Something to be done while the snapshot is held, such as a dump in the same snapshot. */
    @FunctionalInterface
    public interface Beside {
        void run(String snapshot) throws SQLException, InterruptedException;
    }

    /**
     * Reads everything.
     *
     * @param compared the manifest that it is read to be compared with: its records are looked up; empty to record rows
     *     again
     * @param beside done after everything was read, while the snapshot is held
     * @throws SQLException if the server can't be reached or asked; a table that can't be read is no reason
     */
    public Manifest read(Optional<Manifest> compared, Beside beside) throws SQLException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try (SnapshotSession first = SnapshotSession.first(logins, limits)) {
                return once(first, compared, beside);
            } catch (SnapshotLostException e) {
                if (attempt == SNAPSHOTS) {
                    throw e;
                }
                progress.note("the server gave the snapshot up for the sake of recovery: everything is read again ("
                        + (attempt + 1) + " of " + SNAPSHOTS + ")");
            }
        }
    }

    /** Which server it is, and nothing more. */
    public RunningServer server() throws SQLException {
        try (SnapshotSession session = SnapshotSession.first(logins, limits)) {
            return Catalog.server(session.connection());
        }
    }

    private Manifest once(SnapshotSession first, Optional<Manifest> compared, Beside beside)
            throws SQLException, InterruptedException {
        String snapshot = first.export();
        Origin origin = Catalog.origin(first.connection());
        List<SchemaObject> objects = new ArrayList<>();
        List<Unseen> unseen = new ArrayList<>();
        List<TableReading> tables = new ArrayList<>();
        Catalog.tables(first.connection()).forEach(entry -> tables.add(new TableReading(entry)));
        DatabaseObjects.read(first, objects, unseen);
        List<SequenceState> sequences = sequences(first, unseen);
        ReadingContext context = new ReadingContext(
                limits, progress, new RateLimit(limits.bytesPerSecond(), time), origin, skippedSchemas, compared);
        progress.begin(
                tables.size() + 1,
                tables.stream()
                        .filter(table -> context.skip(table.entry()).isEmpty())
                        .mapToLong(table -> table.entry().estimatedBytes())
                        .sum());
        LargeObjects largeObjects = new LargeObjects(context);
        tables.forEach(table -> context.queue().add(new TableWork(table, context).description()));
        context.queue().add(largeObjects);
        work(context, snapshot);
        beside.run(snapshot);
        List<TableState> states = new ArrayList<>(largeObjects.states());
        for (TableReading table : tables) {
            states.add(table.state());
            objects.addAll(table.objects());
            table.unseen().ifPresent(why -> unseen.add(new Unseen(table.entry().name(), why)));
        }
        states.sort(Comparator.comparing(TableState::name));
        objects.sort(Comparator.comparing(SchemaObject::kind).thenComparing(SchemaObject::name));
        return new Manifest(
                origin, limits.records(), Catalog.roles(first.connection()), objects, states, sequences, unseen);
    }

    private static List<SequenceState> sequences(SnapshotSession session, List<Unseen> unseen) throws SQLException {
        List<SequenceState> states = new ArrayList<>();
        for (Catalog.SequenceEntry entry : Catalog.sequences(session.connection())) {
            try {
                states.add(session.aside(connection -> Catalog.oneRow(
                        connection,
                        "SELECT last_value, is_called FROM " + entry.name(),
                        row -> new SequenceState(entry.name(), row.getLong(1), row.getBoolean(2), entry.increment()))));
            } catch (SQLException e) {
                if (SnapshotSession.lost(e)) {
                    throw e;
                }
                unseen.add(new Unseen(entry.name(), ReadingContext.reason(e)));
            }
        }
        return states;
    }

    private void work(ReadingContext context, String snapshot) throws SQLException, InterruptedException {
        Worker.Sessions sessions = () -> SnapshotSession.in(snapshot, logins, limits);
        List<Thread> threads = new ArrayList<>();
        for (int job = 1; job <= limits.jobs(); job++) {
            Thread thread =
                    new Thread(new Worker(context.queue(), sessions, limits.retries(), progress), "manifest-" + job);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            threads.forEach(Thread::interrupt);
        }
        Optional<Exception> fault = context.queue().fault();
        if (fault.isPresent()) {
            if (fault.get() instanceof SQLException e) {
                throw e;
            }
            throw new IllegalStateException("reading failed", fault.get());
        }
    }
}
