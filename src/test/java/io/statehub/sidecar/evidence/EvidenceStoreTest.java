package io.statehub.sidecar.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.statehub.sidecar.observation.SystemIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceStoreTest {

    private static final Instant AT = Instant.parse("2026-11-27T12:00:00.250Z");

    /** As the first release wrote it. */
    private static final String OLDER_ITEM = """
            {
                "format": 1,
                "kind": "failover-drill",
                "at": "2026-11-27T12:00:00.250Z",
                "systemIdentifier": "18446744073709551615",
                "verdict": "passed",
                "summary": "writes were out for 2.1 to 2.4 s",
                "details": {
                    "trigger": "manual"
                },
                "attachments": [
                ],
                "digest": "cf5be39c803907ee64bbca2aa811ebaba9c4395278f8442968aa6691f23bf7ff"
            }
            """;

    @TempDir
    private Path directory;

    private EvidenceStore store;

    @BeforeEach
    void open() {
        store = EvidenceStore.at(directory.resolve("deep/evidence"));
    }

    private static EvidenceDraft draft(Instant at, Attachment... attachments) {
        return new EvidenceDraft(
                EvidenceKind.FAILOVER_DRILL,
                at,
                Optional.of(new SystemIdentifier(-1)),
                EvidenceVerdict.PASSED,
                "writes were out for 2.1 to 2.4 s",
                Map.of("trigger", "manual"),
                List.of(attachments));
    }

    private static EvidenceDraft draft(Instant at) {
        return draft(at, Attachment.text("report.md", "# A drill\n"), Attachment.text("report.json", "{}\n"));
    }

    private List<String> problems() throws EvidenceException {
        return store.verify().stream().map(EvidenceProblem::what).toList();
    }

    @Test
    void aFolderThatIsNotThereHasNoItems() throws EvidenceException {
        assertThat(store.items()).isEmpty();
        assertThat(store.verify()).isEmpty();
        assertThat(directory.resolve("deep")).doesNotExist();
    }

    @Test
    void aFileInThePlaceOfTheFolderIsSaid() throws IOException {
        Files.createDirectories(store.folder().getParent());
        Files.writeString(store.folder(), "a file");

        assertThatThrownBy(store::items)
                .isInstanceOf(EvidenceException.class)
                .hasMessage("evidence can't be read from " + store.folder() + ": it is not a folder");
    }

    @Test
    void whatIsFiledIsReadAgain() throws EvidenceException {
        EvidenceItem later = store.add(draft(AT.plusSeconds(1)));
        EvidenceItem item = store.add(draft(AT));

        assertThat(EvidenceStore.at(store.folder()).items()).containsExactly(item, later);
        assertThat(store.item(item.id())).isEqualTo(item);
        assertThat(item.id()).matches("20261127T120000.250Z-failover-drill-[0-9a-f]{12}");
        assertThat(item.systemIdentifier()).hasToString("Optional[18446744073709551615]");
        assertThat(store.folderOf(item).resolve("report.md")).hasContent("# A drill\n");
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void theDigestOfAnItemCoversItsFiles() throws EvidenceException {
        EvidenceItem one = store.add(draft(AT, Attachment.text("report.md", "a")));
        EvidenceItem other = store.add(draft(AT, Attachment.text("report.md", "b")));

        assertThat(one.digest()).isNotEqualTo(other.digest());
        assertThat(one.attachments().get(0).sha256())
                .isEqualTo("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
    }

    @Test
    void aFileThatWasChangedIsNamedWithBothDigests() throws EvidenceException, IOException {
        EvidenceItem item = store.add(draft(AT));
        Files.writeString(store.folderOf(item).resolve("report.md"), "# A drill!");

        assertThat(problems()).singleElement().asString().startsWith("report.md has the digest ");
        assertThat(store.verify(item)).hasSize(1);
    }

    @Test
    void aFileThatGrewIsMissingOrWasAddedIsNamed() throws EvidenceException, IOException {
        Path folder = store.folderOf(store.add(draft(AT)));
        Files.writeString(folder.resolve("report.md"), "# A drill, and more\n");
        Files.delete(folder.resolve("report.json"));
        Files.writeString(folder.resolve("other.md"), "");

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "report.md has 20 bytes; filed were 10",
                        "report.json is missing",
                        "other.md was put there later");
    }

    @ParameterizedTest
    @ValueSource(strings = {"passed:failed", "manual:other", "1200:1300", " : ", "}:}\n", "\"format\" 1:\"format\" 2"})
    void anItemWhoseOwnFileWasChangedIsNoEvidence(String change) throws EvidenceException, IOException {
        Path file = store.folderOf(store.add(draft(AT))).resolve("item.json");
        String[] words = change.split(":", 2);
        String text = Files.readString(file);
        String changed = switch (change) {
            case " : " -> text + " ";
            case "1200:1300" -> text.replace("T12:00", "T13:00");
            case "\"format\" 1:\"format\" 2" -> text.replace("\"format\": 1", "\"format\": 2");
            default -> text.replace(words[0], words[1]);
        };
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(file, changed);

        assertThat(problems()).singleElement().asString().contains("item.json");
        assertThatThrownBy(store::items).isInstanceOf(EvidenceException.class).hasMessageContaining("item.json");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "item.json, 0, a, 'item.json' is not the name of an attachment",
                "../report.md, 0, a, '../report.md' is not the name of an attachment",
                "report.md, -1, a, report.md has -1 bytes",
                "report.md, 0, A, is not a SHA-256 digest",
            })
    void whatNoFileOfAnItemCanBeIsRefused(String name, long bytes, String digit, String message) {
        assertThatThrownBy(() -> new EvidenceItem.Attached(name, bytes, digit.repeat(64)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anItemThatWasRenamedIsNoEvidence() throws EvidenceException, IOException {
        EvidenceItem item = store.add(draft(AT));
        Files.move(store.folderOf(item), store.folder().resolve("renamed"));

        assertThat(problems())
                .containsExactlyInAnyOrder(
                        store.folder().resolve("renamed/item.json") + ": its folder was renamed: it must be "
                                + item.id(),
                        "it was filed here, and is gone");
    }

    @Test
    void anItemThatIsGoneStaysMissedUntilTheIndexIsRebuilt() throws EvidenceException, IOException {
        EvidenceItem gone = store.add(draft(AT));
        remove(gone);
        store.add(draft(AT.plusSeconds(1)));
        store.add(draft(AT.plusSeconds(2)));

        assertThat(store.verify()).containsExactly(new EvidenceProblem(gone.id(), "it was filed here, and is gone"));

        store.rebuildIndex();
        assertThat(store.verify()).isEmpty();
    }

    private void remove(EvidenceItem item) throws IOException {
        for (Path file : EvidenceReader.entries(store.folderOf(item))) {
            Files.delete(file);
        }
        Files.delete(store.folderOf(item));
    }

    @Test
    void anItemThatIsGoneFromTheMiddleIsMissedByTheNextThoughTheIndexWasRebuilt()
            throws EvidenceException, IOException {
        EvidenceItem first = store.add(draft(AT));
        // What it says is of an earlier time: the order is that of filing.
        EvidenceItem second = store.add(draft(AT.minusSeconds(1)));
        EvidenceItem third = store.add(draft(AT.plusSeconds(1)));
        assertThat(second.after()).containsExactly(first.digest());
        assertThat(third.after()).containsExactly(second.digest());

        remove(second);
        store.rebuildIndex();

        assertThat(store.verify())
                .containsExactly(new EvidenceProblem(
                        third.id(),
                        "an item that was filed before it is gone: …-"
                                + second.digest().substring(0, 12)));
        store.add(draft(AT.plusSeconds(2)));
        assertThat(store.verify()).hasSize(1);
    }

    @Test
    void anItemThatWasChangedIsNamedOnceAndNotMissedByTheNext() throws EvidenceException, IOException {
        Path changed = store.folderOf(store.add(draft(AT))).resolve("item.json");
        store.add(draft(AT.plusSeconds(1)));
        Files.writeString(changed, Files.readString(changed).replace("passed", "failed"));

        assertThat(problems()).singleElement().asString().contains("its digest is not that of its content");
    }

    @Test
    void itemsOfReleasesThatNamedNoneBeforeThemAreReadAndNamedByTheNext() throws EvidenceException, IOException {
        String older = "20261127T120000.250Z-failover-drill-cf5be39c8039";
        Path folder = Files.createDirectories(store.folder().resolve(older));
        Files.writeString(folder.resolve("item.json"), OLDER_ITEM);
        store.rebuildIndex();
        assertThat(store.verify()).isEmpty();

        EvidenceItem next = store.add(draft(AT.plusSeconds(1)));

        assertThat(next.after()).containsExactly(store.item(older).digest());
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void theIndexIsMadeFromTheItems() throws EvidenceException, IOException {
        EvidenceItem item = store.add(draft(AT));
        Path index = store.folder().resolve("index.json");
        String written = Files.readString(index);
        Files.delete(index);

        store.rebuildIndex();

        assertThat(written).contains(item.id(), item.digest(), "18446744073709551615");
        assertThat(index).hasContent(written);
    }

    /** Whoever deletes what failed would delete the list that names it too. */
    @Test
    void anIndexThatIsGoneIsSaidUntilItIsRebuilt() throws EvidenceException, IOException {
        store.add(draft(AT));
        Files.delete(store.folder().resolve("index.json"));

        assertThat(problems()).singleElement().asString().startsWith("it is gone, so that nobody knows");
        store.add(draft(AT.plusSeconds(1)));
        assertThat(problems()).singleElement().asString().startsWith("it is gone, so that nobody knows");

        store.rebuildIndex();
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void anIndexThatIsNoneIsSaid() throws EvidenceException, IOException {
        store.add(draft(AT));
        Files.writeString(store.folder().resolve("index.json"), "[]");

        assertThat(problems()).singleElement().asString().startsWith("index.json is no index");
    }

    @Test
    void theSameItemIsNotFiledTwice() throws EvidenceException {
        EvidenceItem item = store.add(draft(AT));

        store.add(draft(AT.plusSeconds(1)));

        assertThatThrownBy(() -> store.add(draft(AT)))
                .isInstanceOf(EvidenceException.class)
                .hasMessage("it is filed in " + store.folder() + " already, as " + item.id());
        assertThat(store.items()).hasSize(2);
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void anItemThatCannotBeWrittenLeavesNothing() throws EvidenceException, IOException {
        Attachment broken = new Attachment("broken.md", () -> {
            throw new IOException("the disk is gone");
        });

        assertThatThrownBy(() -> store.add(draft(AT, Attachment.text("a.md", "a"), broken)))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining(store.folder().toString())
                .hasMessageContaining("the disk is gone");
        assertThat(EvidenceReader.entries(store.folder())).isEmpty();
    }

    @Test
    void whatAKilledProcessLeftIsSaidAndIsNoEvidence() throws EvidenceException, IOException {
        store.add(draft(AT));
        Files.createDirectory(store.folder().resolve(".adding-123"));

        assertThat(store.verify()).extracting(EvidenceProblem::item).containsExactly(".adding-123");
        assertThat(store.items()).hasSize(1);
    }

    @Test
    void foldersOfTwoMachinesCanBePutTogether() throws EvidenceException, IOException {
        EvidenceItem here = store.add(draft(AT));
        EvidenceStore elsewhere = EvidenceStore.at(directory.resolve("elsewhere"));
        EvidenceItem there = elsewhere.add(draft(AT.plusSeconds(1)));
        Files.move(elsewhere.folderOf(there), store.folderOf(there));

        assertThat(store.items()).containsExactly(here, there);
        assertThat(store.verify()).isEmpty();

        EvidenceItem next = store.add(draft(AT.plusSeconds(2)));
        assertThat(next.after()).containsExactlyInAnyOrder(here.digest(), there.digest());
        assertThat(store.verify()).isEmpty();
    }

    @Test
    void anArchiveIsAStoreAgain() throws EvidenceException, IOException {
        store.add(draft(AT));
        store.add(draft(AT.plusSeconds(1)));
        Path archive = directory.resolve("evidence.zip");

        assertThat(EvidenceArchive.write(store, archive)).isEqualTo(2);
        EvidenceStore unpacked = EvidenceStore.at(unpacked(archive));

        assertThat(unpacked.items()).isEqualTo(store.items());
        assertThat(unpacked.verify()).isEmpty();
        assertThatThrownBy(() -> EvidenceArchive.write(store, archive))
                .hasMessage(archive + " is there already, and is not replaced");
    }

    private Path unpacked(Path archive) throws IOException {
        Path to = Files.createDirectory(directory.resolve("unpacked"));
        List<String> names = new ArrayList<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                names.add(entry.getName());
                Path file = to.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip.getInputStream(entry), file);
            }
        }
        assertThat(names).hasSize(7);
        return to;
    }

    @Test
    void evidenceThatIsNotWholeIsNotArchived() throws EvidenceException, IOException {
        EvidenceItem item = store.add(draft(AT));
        Files.delete(store.folderOf(item).resolve("report.md"));
        Path archive = directory.resolve("evidence.zip");

        assertThatThrownBy(() -> EvidenceArchive.write(store, archive))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining("report.md is missing");
        assertThat(archive).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../other", "", ".", "..", "a/b", ".index.json", "item"})
    void anIdThatIsNoneIsNotLookedFor(String id) throws EvidenceException {
        store.add(draft(AT));

        assertThatThrownBy(() -> store.item(id)).hasMessageStartingWith("there is no item '" + id + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../up", "item.json", ".hidden", "a b"})
    void anAttachmentNeedsAPlainName(String name) {
        assertThatThrownBy(() -> Attachment.text(name, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoAttachmentsOfOneNameAreRefused() {
        Attachment one = Attachment.text("a", "1");

        assertThatThrownBy(() -> draft(AT, one, one)).hasMessage("two attachments have one name: [a, a]");
    }

    @Test
    void aFileOfTheOperatorsIsFiledWithItsDigestAndWithoutACopyIfThatIsAsked() throws EvidenceException, IOException {
        Path backup = directory.resolve("end gültig.dump");
        Files.writeString(backup, "a");

        EvidenceItem copied = store.add(AddedFile.of(backup, "the last one", false, AT));
        EvidenceItem named = store.add(AddedFile.of(backup, "", true, AT));

        assertThat(copied.summary()).isEqualTo("end gültig.dump, 1 bytes: the last one");
        assertThat(copied.attachments()).extracting(EvidenceItem.Attached::name).containsExactly("end_g_ltig.dump");
        assertThat(named.attachments()).isEmpty();
        assertThat(named.details())
                .containsEntry("sha256", "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
        assertThat(store.verify()).isEmpty();
        assertThatThrownBy(() -> AddedFile.of(directory, "", true, AT)).hasMessage(directory + " is not a file");
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> AddedFile.of(missing, "", true, AT)).hasMessage(missing + " does not exist");
    }
}
