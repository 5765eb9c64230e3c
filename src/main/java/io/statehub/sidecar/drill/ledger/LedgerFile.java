package io.statehub.sidecar.drill.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.statehub.sidecar.drill.ledger.LedgerRecord.Begun;
import io.statehub.sidecar.journal.file.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A ledger that is being written. Safe for use by several threads. */
public final class LedgerFile implements AutoCloseable {

    /** A day at 20 writes a second, many times over what a drill takes. */
    private static final long MAX_BYTES = 1L << 30;

    private final Path file;
    private final Disk.Output out;

    private LedgerFile(Path file, Disk.Output out) {
        this.file = file;
        this.out = out;
    }

    /** A new one, of which the first line is on the disk. */
    public static LedgerFile create(Path file, Begun begun) throws IOException {
        Path folder = file.resolveSibling("");
        Files.createDirectories(folder);
        LedgerFile ledger = new LedgerFile(file, Disk.real().create(file));
        ledger.force(begun);
        Disk.forceDirectory(folder);
        return ledger;
    }

    /** One that a process left, to be continued; its last line may be torn, and spoils none that is added. */
    public static LedgerFile open(Path file) throws IOException {
        LedgerFile ledger = new LedgerFile(file, Disk.real().open(file));
        try {
            ledger.out.append("\n".getBytes(UTF_8));
            return ledger;
        } catch (IOException e) {
            try (ledger) {
                throw e;
            }
        }
    }

    public Path file() {
        return file;
    }

    /** Adds a line, which outlives this process and not the machine. */
    public synchronized void add(LedgerRecord record) throws IOException {
        out.append(LedgerCodec.line(record).getBytes(UTF_8));
    }

    /** Adds a line, which is on the disk when this returns. */
    public synchronized void force(LedgerRecord record) throws IOException {
        add(record);
        out.force();
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }

    /**
     * Reads a ledger.
     *
     * @throws IOException if it can't be read, its first line is not that of a drill, or a line that is whole has a
     *     word that this program doesn't know: what a newer one noted is not left out of a report in silence
     */
    public static Ledger read(Path file) throws IOException {
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is not the ledger of a drill: it must be a file of at most 1 GiB");
        }
        List<LedgerRecord> records = new ArrayList<>();
        Optional<Begun> begun = Optional.empty();
        int damaged = 0;
        int number = 0;
        // Bytes that are no text spoil their own line alone.
        for (String line : new String(Files.readAllBytes(file), UTF_8).split("\n", -1)) {
            number++;
            Optional<LedgerRecord> record = line.isEmpty() ? Optional.empty() : read(file, number, line);
            if (record.isEmpty()) {
                damaged += line.isEmpty() ? 0 : 1;
            } else if (record.get() instanceof Begun first) {
                begun = begun.or(() -> Optional.of(first));
            } else {
                records.add(record.get());
            }
        }
        int broken = damaged;
        return begun.map(first -> new Ledger(first, records, broken))
                .orElseThrow(() -> new IOException(file + " is not the ledger of a drill: its first line is missing"));
    }

    private static Optional<LedgerRecord> read(Path file, int number, String line) throws IOException {
        try {
            return LedgerCodec.read(line);
        } catch (UnknownWordException e) {
            throw new IOException(
                    file + ", line " + number + " has " + e.getMessage() + ": use the program that wrote it", e);
        }
    }
}
