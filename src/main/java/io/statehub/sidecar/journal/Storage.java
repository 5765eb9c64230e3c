package io.statehub.sidecar.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;

/** What is written goes through here, so that a test's disk can be full or break. */
interface Storage {

    /** A new file. */
    Output create(Path file) throws IOException;

    /** A file that is there already. */
    Output open(Path file) throws IOException;

    static Storage disk() {
        return new Disk();
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

    /** Makes names durable: a file that was created, renamed or deleted. Not every operating system can. */
    static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Such as Windows, which opens no directory: its file system keeps the order by itself.
            Logger.getLogger(Storage.class).debugf("%s can't be forced: %s", directory, e);
        }
    }

    /** The real one. */
    final class Disk implements Storage {

        private Disk() {}

        @Override
        public Output create(Path file) throws IOException {
            return new Channel(FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
        }

        @Override
        public Output open(Path file) throws IOException {
            return new Channel(FileChannel.open(file, StandardOpenOption.WRITE));
        }
    }

    /** A file of the real one. */
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
