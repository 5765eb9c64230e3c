package io.statehub.sidecar.testing.lab;

import io.statehub.sidecar.system.FileTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs from the class path, unpacked once per content into the directory for temporary files; or
 * those of the folder that the property {@code lab.postgres.bin} names.
 */
final class PostgresBinaries {

    private static final int OWNER_EXECUTE = 0100;
    private static @Nullable PostgresBinaries unpacked;

    private final Path bin;

    private PostgresBinaries(Path bin) {
        this.bin = bin;
    }

    static synchronized PostgresBinaries get() {
        if (unpacked == null) {
            String named = System.getProperty("lab.postgres.bin", "");
            try {
                unpacked = new PostgresBinaries(named.isEmpty() ? unpackOnce().resolve("bin") : Path.of(named));
            } catch (IOException | NoSuchAlgorithmException failure) {
                throw new LabException("cannot unpack the PostgreSQL binaries: " + failure, failure);
            }
        }
        return unpacked;
    }

    Path program(String name) {
        return bin.resolve(name);
    }

    private static Path unpackOnce() throws IOException, NoSuchAlgorithmException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        String user = System.getProperty("user.name");
        Path target = parent.resolve("statehub-lab-postgres-%s-%s".formatted(user, contentHash()));
        if (Files.isDirectory(target)) {
            // Anybody may create names in a shared temporary directory: programs of somebody else are not run.
            String owner = Files.getOwner(target).getName();
            if (!owner.equals(user)) {
                throw new IOException("%s belongs to %s, not to %s".formatted(target, owner, user));
            }
            return target;
        }
        Path own = Files.createTempDirectory(parent, "statehub-lab-unpack");
        try {
            unpackInto(own);
            Files.move(own, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException anotherWasFirst) {
            FileTree.delete(own);
        } catch (IOException failure) {
            FileTree.delete(own);
            // The exception of a lost race differs between platforms; what counts is whether the other copy is there.
            if (!Files.isDirectory(target)) {
                throw failure;
            }
        }
        return target;
    }

    private static String contentHash() throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(open(), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static InputStream open() throws IOException {
        String name = "/postgres-%s-%s.txz".formatted(operatingSystem(), architecture());
        InputStream resource = PostgresBinaries.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IOException(
                    name + " is not on the class path: set -Dlab.postgres.platform to this machine's (linux-amd64,"
                            + " linux-arm64v8, darwin-amd64, darwin-arm64v8)");
        }
        return new BufferedInputStream(resource);
    }

    private static String operatingSystem() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    }

    private static String architecture() {
        String name = System.getProperty("os.arch");
        return switch (name) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> name;
        };
    }

    private static void unpackInto(Path root) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(open()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = root.resolve(entry.getName()).normalize();
                if (!path.startsWith(root)) {
                    throw new IOException("the archive names a path outside itself: " + entry.getName());
                }
                unpackEntry(tar, entry, path);
            }
        }
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        if (path.getParent() != null) {
            Files.createDirectories(path.getParent());
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
        if ((entry.getMode() & OWNER_EXECUTE) != 0) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
