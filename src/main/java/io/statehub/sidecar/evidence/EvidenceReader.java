package io.statehub.sidecar.evidence;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the items of a folder, and changes nothing. */
final class EvidenceReader {

    /** More items are not read. */
    static final int MOST_ITEMS = 10_000;

    /** Bytes of an item's own file. */
    private static final int MAX_ITEM_BYTES = 1 << 20;

    private final Path folder;

    EvidenceReader(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** Where the files of an item are. */
    Path folderOf(EvidenceItem item) {
        return folder.resolve(item.id());
    }

    /** As {@link EvidenceStore#items}. */
    List<EvidenceItem> items() throws EvidenceException {
        List<EvidenceItem> items = new ArrayList<>();
        for (Path place : places()) {
            items.add(read(place));
        }
        items.sort(Comparator.comparing(EvidenceItem::at).thenComparing(EvidenceItem::digest));
        return items;
    }

    /** As {@link EvidenceStore#item}. */
    EvidenceItem item(String id) throws EvidenceException {
        Path place = folder.resolve(id);
        if (!Attachment.allowed(id) || !Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new EvidenceException("there is no item '" + id + "' in " + folder);
        }
        return read(place);
    }

    /** As {@link EvidenceStore#readable}. */
    List<EvidenceItem> readable() throws EvidenceException {
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

    /**
     * The item in one place.
     *
     * @throws EvidenceException if it can't be read or was changed
     */
    EvidenceItem read(Path place) throws EvidenceException {
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

    /** The names of what is there, whole or not. */
    List<String> names() throws EvidenceException {
        return places().stream().map(place -> place.getFileName().toString()).toList();
    }

    /** The folders of items, by name. */
    List<Path> places() throws EvidenceException {
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

    /** All that is in a folder; nothing if there is no such folder. */
    static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        if (Files.exists(folder)) {
            try (DirectoryStream<Path> each = Files.newDirectoryStream(folder)) {
                each.forEach(entries::add);
            }
        }
        return entries;
    }
}
