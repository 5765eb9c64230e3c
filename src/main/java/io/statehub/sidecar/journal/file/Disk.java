package io.statehub.sidecar.journal.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/** All that is written goes through here, so that it can be timed, and so that a test's disk can be full or break. */
public interface Disk {

    /** Reads a regular file from a place on. */
    InputStream read(Path file, long offset) throws IOException;

    /** Bytes of a regular file; empty if it is not there. */
    OptionalLong size(Path file) throws IOException;

    /** A new file. */
    Output create(Path file) throws IOException;

    /** A regular file that is there already. */
    Output open(Path file) throws IOException;

    /** Gives a file another's name, in one move, and makes that durable. */
    void replace(Path file, Path by) throws IOException;

    void delete(Path file) throws IOException;

    static Disk real() {
        return new Real();
    }

    /** Makes names durable: a file or directory that was created, renamed or deleted there. */
    static void forceDirectory(Path directory) throws IOException {
        // Elsewhere, such as on Windows, no directory can be opened: its file system keeps the order by itself.
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** A file that grows at its end. */
    interface Output extends Closeable {

        long size() throws IOException;

        /** Writes all of it, or throws with any part of it written. */
        void append(byte[] bytes) throws IOException;

        /** Returns when the disk has what was written. */
        void force() throws IOException;

        void truncate(long size) throws IOException;
    }

    /** The machine's. */
    record Real() implements Disk {

        @Override
        public InputStream read(Path file, long offset) throws IOException {
            RegularFile.require(file);
            InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
            try {
                in.skipNBytes(offset);
                return in;
            } catch (IOException e) {
                try (in) {
                    throw e;
                }
            }
        }

        @Override
        public OptionalLong size(Path file) throws IOException {
            return RegularFile.exists(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
        }

        @Override
        public Output create(Path file) throws IOException {
            return new Channel(FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
        }

        @Override
        public Output open(Path file) throws IOException {
            RegularFile.require(file);
            return new Channel(FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        }

        @Override
        public void replace(Path file, Path by) throws IOException {
            RegularFile.exists(file);
            Files.move(by, file, StandardCopyOption.ATOMIC_MOVE);
            forceDirectory(file.resolveSibling(""));
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }
    }

    /** A file of the machine's. */
    record Channel(FileChannel channel) implements Output {

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void append(byte[] bytes) throws IOException {
            channel.position(channel.size());
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
