package io.statehub.sidecar.evidence;

import io.statehub.sidecar.journal.file.Disk;
import io.statehub.sidecar.json.IndentedJson;
import io.statehub.sidecar.json.JsonLibrary;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The list of all items in one file, for programs; made from the items, which alone count. */
final class EvidenceIndex {

    static final String NAME = "index.json";

    /** Bytes of the file: {@link EvidenceReader#MOST_ITEMS} of the longest entries. */
    private static final long MAX_BYTES = 16L << 20;

    private EvidenceIndex() {}

    /** @param gone ids of items that were there once; they stay known as gone */
    static void write(Path folder, List<EvidenceItem> items, List<String> gone) throws IOException {
        Path next = folder.resolve("." + NAME + ".next");
        Files.deleteIfExists(next);
        EvidenceStore.write(next, text(items, gone));
        Disk.real().replace(folder.resolve(NAME), next);
    }

    private static String text(List<EvidenceItem> items, List<String> gone) {
        return IndentedJson.of(json -> {
            json.writeStartObject().writeStartArray("items");
            items.stream().sorted(Comparator.comparing(EvidenceItem::id)).forEach(item -> {
                json.writeStartObject()
                        .write("id", item.id())
                        .write("kind", item.kind().label());
                json.write("at", item.at().toString());
                item.systemIdentifier().ifPresent(known -> json.write("systemIdentifier", known.toString()));
                json.write("verdict", item.verdict().label()).write("digest", item.digest());
                json.writeEnd();
            });
            json.writeEnd().writeStartArray("gone");
            gone.stream().sorted().forEach(json::write);
            json.writeEnd().writeEnd();
        });
    }

    static boolean isMissing(Path folder) {
        return Files.notExists(folder.resolve(NAME), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Ids of items that were there once, and are not any more.
     *
     * @throws EvidenceException if the file is no index
     */
    static List<String> gone(Path folder, Collection<String> present) throws EvidenceException, IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
            throw new EvidenceException(NAME + " is not a file of at most " + MAX_BYTES + " bytes");
        }
        Set<String> known = new TreeSet<>();
        try {
            JsonObject index = JsonLibrary.object(Files.readString(file));
            index.getJsonArray("items").getValuesAs(JsonObject.class).forEach(each -> known.add(each.getString("id")));
            index.getJsonArray("gone").getValuesAs(JsonString.class).forEach(id -> known.add(id.getString()));
        } catch (JsonException | ClassCastException | NullPointerException e) {
            throw new EvidenceException(NAME + " is no index", e);
        }
        known.removeAll(present);
        return List.copyOf(known);
    }
}
