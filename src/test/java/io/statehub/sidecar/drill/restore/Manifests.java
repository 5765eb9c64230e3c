package io.statehub.sidecar.drill.restore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Manifests for tests, which say what matters to them. */
public final class Manifests {

    static final Instant TAKEN = Instant.parse("2026-03-01T10:00:00Z");

    private final List<SchemaObject> objects = new ArrayList<>();
    private final List<TableState> tables = new ArrayList<>();
    private final List<SequenceState> sequences = new ArrayList<>();
    private final List<Unseen> unseen = new ArrayList<>();
    private String systemIdentifier = "7000000000000000001";
    private int majorVersion = 17;
    private String encoding = "UTF8";
    private ContentDigest hashCheck = new ContentDigest(1, 2);

    public static Manifests manifest() {
        return new Manifests();
    }

    public Manifests object(String kind, String name, String definition) {
        objects.add(new SchemaObject(kind, name, definition));
        return this;
    }

    public Manifests table(String name, TableRows rows) {
        tables.add(new TableState(name, false, rows));
        return this;
    }

    Manifests unlogged(String name, TableRows rows) {
        tables.add(new TableState(name, true, rows));
        return this;
    }

    Manifests sequence(String name, long value, long increment) {
        sequences.add(new SequenceState(name, value, true, increment));
        return this;
    }

    Manifests unseen(String subject, String reason) {
        unseen.add(new Unseen(subject, reason));
        return this;
    }

    Manifests of(String system) {
        systemIdentifier = system;
        return this;
    }

    Manifests version(int major) {
        majorVersion = major;
        return this;
    }

    Manifests hashing(ContentDigest check) {
        hashCheck = check;
        return this;
    }

    Manifests encoded(String in) {
        encoding = in;
        return this;
    }

    public Manifest build() {
        Origin origin = new Origin(
                TAKEN,
                systemIdentifier,
                3,
                "0/3000060",
                false,
                "state",
                "reader",
                majorVersion + ".2",
                majorVersion,
                encoding,
                "C",
                hashCheck);
        return new Manifest(origin, 100, List.of("app", "reader"), objects, tables, sequences, unseen);
    }

    /** Rows with keys from {@code from} up to and with {@code to}, all of them recorded. */
    public static TableRows.Read rows(int from, int to) {
        List<RecordDigest> records =
                IntStream.rangeClosed(from, to).mapToObj(Manifests::record).toList();
        return new TableRows.Read(records.size(), sum(records), new TableRecords(List.of("id"), records, true));
    }

    static RecordDigest record(int key) {
        return new RecordDigest(List.of(Integer.toString(key)), new ContentDigest(key * 31L, key * 17L));
    }

    static ContentDigest sum(List<RecordDigest> records) {
        return records.stream().map(RecordDigest::digest).reduce(ContentDigest.NONE, ContentDigest::plus);
    }
}
