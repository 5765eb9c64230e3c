package io.statehub.sidecar.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.statehub.sidecar.evidence.EvidenceItem.Attached;
import io.statehub.sidecar.journal.file.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of evidence. Each item is a folder in it, with the files that belong to it; it appears whole or not at all,
 * is on the disk when {@link #add} returns, and is never changed. Folders of several machines may be put together by
 * copying their items. Used by one thread; several processes may add at once.
 */
public final class EvidenceStore {

    private static final String LOCK = ".lock";

    private final Path folder;
    private final EvidenceReader reader;

    private EvidenceStore(Path folder) {
        this.folder = folder;
        this.reader = new EvidenceReader(folder);
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
        return reader.folderOf(item);
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
                    if (!EvidenceIndex.isMissing(folder) || reader.names().size() == 1) {
                        EvidenceIndex.write(folder, reader.readable(), EvidenceIndex.gone(folder, reader.names()));
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
        List<EvidenceItem> before = reader.readable();
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
        if (reader.places().isEmpty() && EvidenceIndex.isMissing(folder)) {
            throw new EvidenceException("nothing is filed in " + folder);
        }
    }

    /**
     * All items, oldest first. Their own digests are checked, those of their attachments by {@link #verify} alone.
     *
     * @throws EvidenceException if one can't be read or was changed
     */
    public List<EvidenceItem> items() throws EvidenceException {
        return reader.items();
    }

    /**
     * One item.
     *
     * @throws EvidenceException if there is no such item, or it can't be read or was changed
     */
    public EvidenceItem item(String id) throws EvidenceException {
        return reader.item(id);
    }

    /** All items that are as they were filed, for whoever asks {@link #verify()} for the others. */
    public List<EvidenceItem> readable() throws EvidenceException {
        return reader.readable();
    }

    /** What is wrong with one item's attachments; empty if nothing is. */
    public List<EvidenceProblem> verify(EvidenceItem item) {
        return new EvidenceAudit(reader).problems(item);
    }

    /**
     * Everything that is wrong: items that were changed, that lack a file or have one too many, that the index or
     * another item knows and that are gone, and what was left by a process that was killed while it wrote.
     *
     * @throws EvidenceException if the folder can't be read
     */
    public List<EvidenceProblem> verify() throws EvidenceException {
        return new EvidenceAudit(reader).problems();
    }

    /** Writes a new index from the items that can be read, and forgets those that are gone. */
    public void rebuildIndex() throws EvidenceException {
        try {
            EvidenceIndex.write(folder, reader.readable(), List.of());
        } catch (IOException e) {
            throw new EvidenceException("the index can't be written to " + folder, folder, e);
        }
    }

    /** The files of all items, for an archive. */
    Stream<Path> files(EvidenceItem item) {
        Path place = folderOf(item);
        return Stream.concat(
                Stream.of(place.resolve(ItemFile.NAME)),
                item.attachments().stream().map(file -> place.resolve(file.name())));
    }
}
