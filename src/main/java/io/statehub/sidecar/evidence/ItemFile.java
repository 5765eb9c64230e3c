package io.statehub.sidecar.evidence;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.evidence.EvidenceItem.Attached;
import io.statehub.sidecar.json.IndentedJson;
import io.statehub.sidecar.json.JsonLibrary;
import io.statehub.sidecar.observation.SystemIdentifier;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An item as the text of its own file, which is one text only for one item. */
final class ItemFile {

    static final String NAME = "item.json";

    /** Of an item that names none before it; all that older releases wrote. */
    private static final int FIRST_FORMAT = 1;

    private static final int FORMAT = 2;

    private ItemFile() {}

    /** The item with its digest. */
    static EvidenceItem sealed(EvidenceDraft draft, List<Attached> attachments, List<String> after) {
        EvidenceItem open = new EvidenceItem(
                draft.kind(),
                draft.at(),
                draft.systemIdentifier(),
                draft.verdict(),
                draft.summary(),
                draft.details(),
                attachments,
                after,
                "");
        return sealed(open);
    }

    private static EvidenceItem sealed(EvidenceItem item) {
        return new EvidenceItem(
                item.kind(),
                item.at(),
                item.systemIdentifier(),
                item.verdict(),
                item.summary(),
                item.details(),
                item.attachments(),
                item.after(),
                Digests.of(members(item).build().toString()));
    }

    static String of(EvidenceItem item) {
        return IndentedJson.of(json -> {
            json.write(members(item).add("digest", item.digest()).build());
        });
    }

    /** Everything but the digest, in one order. */
    private static JsonObjectBuilder members(EvidenceItem item) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("format", item.after().isEmpty() ? FIRST_FORMAT : FORMAT)
                .add("kind", item.kind().label())
                .add("at", item.at().toString());
        item.systemIdentifier().ifPresent(known -> json.add("systemIdentifier", known.toString()));
        json.add("verdict", item.verdict().label()).add("summary", item.summary());
        JsonObjectBuilder details = JSON.createObjectBuilder();
        new TreeMap<>(item.details()).forEach(details::add);
        JsonArrayBuilder attachments = JSON.createArrayBuilder();
        item.attachments()
                .forEach(file -> attachments.add(JSON.createObjectBuilder()
                        .add("name", file.name())
                        .add("bytes", file.bytes())
                        .add("sha256", file.sha256())));
        json.add("details", details).add("attachments", attachments);
        return item.after().isEmpty() ? json : json.add("after", JSON.createArrayBuilder(item.after()));
    }

    /**
     * Reads what {@link #of} wrote.
     *
     * @throws EvidenceException if it is anything else, with the reason
     */
    static EvidenceItem read(String text) throws EvidenceException {
        EvidenceItem item;
        try {
            item = read(JsonLibrary.object(text));
        } catch (JsonException
                | ClassCastException
                | NullPointerException
                | ArithmeticException
                | IllegalArgumentException
                | DateTimeException e) {
            throw new EvidenceException("it is not an item of evidence", e);
        }
        if (!sealed(item).digest().equals(item.digest())) {
            throw new EvidenceException("its digest is not that of its content: it was changed");
        }
        if (!of(item).equals(text)) {
            throw new EvidenceException("it is not written as an item is: it was changed");
        }
        return item;
    }

    private static EvidenceItem read(JsonObject json) {
        int format = json.getInt("format");
        if (format != FIRST_FORMAT && format != FORMAT) {
            throw new IllegalArgumentException(
                    "its format is " + format + "; this release reads " + FIRST_FORMAT + " and " + FORMAT);
        }
        Map<String, String> details = new LinkedHashMap<>();
        json.getJsonObject("details").forEach((name, value) -> details.put(name, ((JsonString) value).getString()));
        List<Attached> attachments = json.getJsonArray("attachments").getValuesAs(JsonObject.class).stream()
                .map(file -> new Attached(
                        file.getString("name"), file.getJsonNumber("bytes").longValueExact(), file.getString("sha256")))
                .toList();
        return new EvidenceItem(
                known("kind", json, EvidenceKind::labelled),
                Instant.parse(json.getString("at")),
                Optional.ofNullable(json.getString("systemIdentifier", null))
                        .map(number -> new SystemIdentifier(Long.parseUnsignedLong(number))),
                known("verdict", json, EvidenceVerdict::labelled),
                json.getString("summary"),
                details,
                attachments,
                after(json),
                Digests.require(json.getString("digest")));
    }

    private static List<String> after(JsonObject json) {
        return json.containsKey("after")
                ? json.getJsonArray("after").getValuesAs(JsonString.class).stream()
                        .map(each -> Digests.require(each.getString()))
                        .toList()
                : List.of();
    }

    private static <T> T known(String member, JsonObject json, java.util.function.Function<String, Optional<T>> by) {
        String label = json.getString(member);
        return by.apply(label)
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is no " + member + " of evidence"));
    }
}
