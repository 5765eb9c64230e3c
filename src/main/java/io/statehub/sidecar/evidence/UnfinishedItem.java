package io.statehub.sidecar.evidence;

import io.statehub.sidecar.evidence.EvidenceItem.Attached;
import io.statehub.sidecar.journal.file.Disk;
import io.statehub.sidecar.system.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The folder of an item that is being made. It is no evidence before it has the item's name. */
record UnfinishedItem(Path folder) {

    /** What the names of such folders begin with. */
    static final String PREFIX = ".adding-";

    private static final int PIECE = 1 << 16;

    static UnfinishedItem in(Path store) throws IOException {
        return new UnfinishedItem(Files.createTempDirectory(store, PREFIX));
    }

    /** Copies what is attached, and says what it was. */
    List<Attached> attach(EvidenceDraft draft) throws IOException {
        List<Attached> attached = new ArrayList<>();
        for (Attachment attachment : draft.attachments()) {
            try (InputStream in = attachment.content().open()) {
                attached.add(copied(in, folder.resolve(attachment.name()), attachment.name()));
            }
        }
        attached.sort(Comparator.comparing(Attached::name));
        return attached;
    }

    private static Attached copied(InputStream from, Path to, String name) throws IOException {
        MessageDigest digest = Digests.begun();
        long bytes = 0;
        byte[] piece = new byte[PIECE];
        try (FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
                digest.update(piece, 0, read);
                ByteBuffer rest = ByteBuffer.wrap(piece, 0, read);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                bytes += read;
            }
            out.force(true);
        }
        return new Attached(name, bytes, Digests.hex(digest));
    }

    /** Writes the item's own file, and gives the whole its place. */
    void finish(EvidenceItem item, Path place) throws IOException {
        EvidenceStore.write(folder.resolve(ItemFile.NAME), ItemFile.of(item));
        Disk.forceDirectory(folder);
        Files.move(folder, place, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Leaves nothing of what was not finished. */
    void delete() throws IOException {
        FileTree.delete(folder);
    }
}
