package io.statehub.sidecar.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.statehub.sidecar.evidence.EvidenceItem.Attached;
import io.statehub.sidecar.journal.file.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of evidence. Each item is a folder in it, with the files that belong to it; it appears whole or not at all,
 * is on the disk when {@link #add} returns, and is never changed. Folders of several machines may be put together by
 * copying their items. Used by one thread; several processes may add at once.
 */
public final class EvidenceStore {

    /** More items are not read. */
    static final int MOST_ITEMS = 10_000;

    /** Bytes of an item's own file. */
    private static final int MAX_ITEM_BYTES = 1 << 20;

    private static final String LOCK = ".lock";

    private final Path folder;

    private EvidenceStore(Path folder) {
        this.folder = folder;
    }

    /** The store in a folder, which is made with the first item. */
    public static EvidenceStore at(Path folder) {
        return new EvidenceStore(folder);
    }

    public Path folder() {
        return folder;
    }

    /** Where the files of an item are. */
    public Path folderOf(EvidenceItem item) {
        return folder.resolve(item.id());
    }

    /**
     * Files something.
     *
     * @throws EvidenceException if it can't be written; nothing of it is in the store then
     */
    public EvidenceItem add(EvidenceDraft draft) throws EvidenceException {
        try {
            Files.createDirectories(folder);
            UnfinishedItem unfinished = UnfinishedItem.in(folder);
            try {
                List<Attached> attached = unfinished.attach(draft);
                try (FileChannel lock = FileChannel.open(
                                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock held = lock.lock()) {
                    if (!held.isValid()) {
                        throw new IOException("the lock on " + folder + " was lost");
                    }
                    EvidenceItem item = sealed(draft, attached);
                    unfinished.finish(item, folderOf(item));
                    Disk.forceDirectory(folder);
                    if (!EvidenceIndex.isMissing(folder) || names().size() == 1) {
                        EvidenceIndex.write(folder, readable(), EvidenceIndex.gone(folder, names()));
                    }
                    return item;
                }
            } finally {
                unfinished.delete();
            }
        } catch (IOException e) {
            throw new EvidenceException("evidence can't be written to " + folder, folder, e);
        }
    }

    /** The item, which names what was filed before it. */
    private EvidenceItem sealed(EvidenceDraft draft, List<Attached> attached) throws EvidenceException {
        List<EvidenceItem> before = readable();
        EvidenceItem item = ItemFile.sealed(draft, attached, EvidenceChain.ends(before));
        for (EvidenceItem other : before) {
            if (item.saysTheSameAs(other)) {
                throw new EvidenceException("it is filed in " + folder + " already, as " + other.id());
            }
        }
        return item;
    }

    static void write(Path file, String text) throws IOException {
        try (Disk.Output out = Disk.real().create(file)) {
            out.append(text.getBytes(UTF_8));
            out.force();
        }
    }

    /**
     * Makes sure that something was filed here, so that a mistyped folder is not taken for one without a fault.
     *
     * @throws EvidenceException if there is no such folder, or neither an item nor an index in it
     */
    public void requireSomething() throws EvidenceException {
        if (!Files.isDirectory(folder)) {
            throw new EvidenceException("there is no folder of evidence at " + folder);
        }
        if (places().isEmpty() && EvidenceIndex.isMissing(folder)) {
            throw new EvidenceException("nothing is filed in " + folder);
        }
    }

    /**
     * All items, oldest first. Their own digests are checked, those of their attachments by {@link #verify} alone.
     *
     * @throws EvidenceException if one can't be read or was changed
     */
    public List<EvidenceItem> items() throws EvidenceException {
        List<EvidenceItem> items = new ArrayList<>();
        for (Path place : places()) {
            items.add(read(place));
        }
        items.sort(Comparator.comparing(EvidenceItem::at).thenComparing(EvidenceItem::digest));
        return items;
    }

    /**
     * One item.
     *
     * @throws EvidenceException if there is no such item, or it can't be read or was changed
     */
    public EvidenceItem item(String id) throws EvidenceException {
        Path place = folder.resolve(id);
        if (!Attachment.allowed(id) || !Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new EvidenceException("there is no item '" + id + "' in " + folder);
        }
        return read(place);
    }

    /** What is wrong with one item's attachments; empty if nothing is. */
    public List<EvidenceProblem> verify(EvidenceItem item) {
        return new EvidenceCheck(folderOf(item), item).problems();
    }

    /**
     * Everything that is wrong: items that were changed, that lack a file or have one too many, that the index or
     * another item knows and that are gone, and what was left by a process that was killed while it wrote.
     *
     * @throws EvidenceException if the folder can't be read
     */
    public List<EvidenceProblem> verify() throws EvidenceException {
        List<EvidenceProblem> problems = new ArrayList<>();
        List<String> present = new ArrayList<>();
        List<EvidenceItem> items = new ArrayList<>();
        for (Path place : places()) {
            String name = place.getFileName().toString();
            present.add(name);
            try {
                EvidenceItem item = read(place);
                items.add(item);
                problems.addAll(verify(item));
            } catch (EvidenceException e) {
                problems.add(new EvidenceProblem(name, String.valueOf(e.getMessage())));
            }
        }
        List<String> known = new ArrayList<>(present);
        try {
            problems.addAll(unfinished());
            if (!present.isEmpty() && EvidenceIndex.isMissing(folder)) {
                problems.add(new EvidenceProblem(
                        EvidenceIndex.NAME,
                        "it is gone, so that nobody knows what else was filed here; evidence verify --rebuild-index"
                                + " begins a new one"));
            }
            for (String id : EvidenceIndex.gone(folder, present)) {
                known.add(id);
                problems.add(new EvidenceProblem(id, "it was filed here, and is gone"));
            }
        } catch (EvidenceException e) {
            problems.add(new EvidenceProblem(EvidenceIndex.NAME, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new EvidenceException("evidence can't be read from " + folder, folder, e);
        }
        problems.addAll(EvidenceChain.gaps(items, known));
        return problems;
    }

    private List<EvidenceProblem> unfinished() throws IOException {
        return entries(folder).stream()
                .map(left -> left.getFileName().toString())
                .filter(name -> name.startsWith(UnfinishedItem.PREFIX))
                .map(name -> new EvidenceProblem(
                        name, "it is being written, or was left by a process that was killed; it is no evidence"))
                .toList();
    }

    /** Writes a new index from the items that can be read, and forgets those that are gone. */
    public void rebuildIndex() throws EvidenceException {
        try {
            EvidenceIndex.write(folder, readable(), List.of());
        } catch (IOException e) {
            throw new EvidenceException("the index can't be written to " + folder, folder, e);
        }
    }

    /** All items that are as they were filed, for whoever asks {@link #verify()} for the others. */
    public List<EvidenceItem> readable() throws EvidenceException {
        List<EvidenceItem> items = new ArrayList<>();
        for (Path place : places()) {
            readIfWhole(place).ifPresent(items::add);
        }
        return items;
    }

    private Optional<EvidenceItem> readIfWhole(Path place) {
        try {
            return Optional.of(read(place));
        } catch (EvidenceException e) {
            // Said by verify, list and gate, each of which reads it.
            return Optional.empty();
        }
    }

    private EvidenceItem read(Path place) throws EvidenceException {
        Path file = place.resolve(ItemFile.NAME);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_ITEM_BYTES) {
                throw new EvidenceException(file + ": it is not an item of evidence: it must be a file of at most "
                        + MAX_ITEM_BYTES + " bytes");
            }
            EvidenceItem item = ItemFile.read(Files.readString(file));
            if (!item.id().equals(place.getFileName().toString())) {
                throw new EvidenceException("its folder was renamed: it must be " + item.id());
            }
            return item;
        } catch (EvidenceException e) {
            throw new EvidenceException(file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new EvidenceException(file + " can't be read", file, e);
        }
    }

    private List<String> names() throws EvidenceException {
        return places().stream().map(place -> place.getFileName().toString()).toList();
    }

    /** The folders of items, by name. */
    private List<Path> places() throws EvidenceException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try {
            List<Path> places = entries(folder).stream()
                    .filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .filter(each -> !each.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
            if (places.size() > MOST_ITEMS) {
                throw new EvidenceException(folder + " has " + places.size() + " items; at most " + MOST_ITEMS
                        + " are allowed: begin another folder");
            }
            return places;
        } catch (IOException e) {
            throw new EvidenceException("evidence can't be read from " + folder, folder, e);
        }
    }

    static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        if (Files.exists(folder)) {
            try (DirectoryStream<Path> each = Files.newDirectoryStream(folder)) {
                each.forEach(entries::add);
            }
        }
        return entries;
    }

    /** The files of all items, for an archive. */
    Stream<Path> files(EvidenceItem item) {
        Path place = folderOf(item);
        return Stream.concat(
                Stream.of(place.resolve(ItemFile.NAME)),
                item.attachments().stream().map(file -> place.resolve(file.name())));
    }
}
