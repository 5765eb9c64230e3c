package io.statehub.sidecar.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** All evidence in one file, to be kept elsewhere: a ZIP archive that is a store again once it is unpacked. */
public final class EvidenceArchive {

    private EvidenceArchive() {}

    /**
     * Writes the archive, and returns how many items are in it.
     *
     * @throws EvidenceException if the evidence is not whole, if the file is there already, or if it can't be written
     */
    public static int write(EvidenceStore store, Path file) throws EvidenceException {
        List<EvidenceProblem> problems = store.verify();
        if (!problems.isEmpty()) {
            throw new EvidenceException(store.folder() + " is not whole: "
                    + problems.get(0).item() + ": " + problems.get(0).what() + " (evidence verify says all)");
        }
        List<EvidenceItem> items = store.items();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(store, items, Channels.newOutputStream(channel));
            channel.force(true);
            return items.size();
        } catch (FileAlreadyExistsException e) {
            throw new EvidenceException(file + " is there already, and is not replaced");
        } catch (IOException e) {
            throw new EvidenceException(file + " can't be written", file, e);
        }
    }

    private static void write(EvidenceStore store, List<EvidenceItem> items, OutputStream to) throws IOException {
        // Finished and not closed: whoever opened the file forces it first.
        ZipOutputStream zip = new ZipOutputStream(to);
        for (EvidenceItem item : items) {
            for (Path file : store.files(item).toList()) {
                ZipEntry entry = new ZipEntry(item.id() + "/" + file.getFileName());
                entry.setLastModifiedTime(FileTime.from(item.at()));
                zip.putNextEntry(entry);
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        Path index = store.folder().resolve(EvidenceIndex.NAME);
        if (!items.isEmpty()) {
            zip.putNextEntry(new ZipEntry(EvidenceIndex.NAME));
            Files.copy(index, zip);
            zip.closeEntry();
        }
        zip.finish();
    }
}
