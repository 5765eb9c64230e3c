package io.statehub.sidecar.testing.lab;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the packaged sidecar as a JVM has loaded and verified them (class data sharing), so that each of the
 * many that the tests start costs a third less of the processor. Made by one start, kept where the system property
 * {@code sidecar.class.archive} says, and made again when the sidecar was packaged again. Without the property there
 * is none.
 */
final class ClassArchive {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    /** Nothing of this is there. What the sidecar does about that loads most of its classes. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "STATEHUB_API_URL", "http://127.0.0.1:1",
            "STATEHUB_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/statehub",
            "STATEHUB_POSTGRES_MEMBERS", "pg-1=127.0.0.1:1");

    private static final List<String> ASKED = List.of("/status", "/failovers", "/metrics", "/", "/q/health/ready");

    private static @Nullable List<String> options;

    private ClassArchive() {}

    /** The options of a JVM that uses it. */
    static synchronized List<String> options(Path jar) {
        List<String> known = options;
        if (known == null) {
            String archive = System.getProperty("sidecar.class.archive");
            known = archive == null ? List.of() : options(jar, Path.of(archive));
            options = known;
        }
        return known;
    }

    private static List<String> options(Path jar, Path archive) {
        try (FileChannel turn =
                FileChannel.open(Path.of(archive + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Of the JVMs that run tests beside each other one makes it, and the others wait for it.
            turn.lock();
            if (!Files.exists(archive)
                    || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) <= 0) {
                make(archive);
            }
        } catch (IOException failure) {
            throw new LabException("cannot make " + archive, failure);
        }
        // Of an archive that it can't use, a JVM would complain on standard output, which belongs to the tests.
        return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    private static void make(Path archive) throws IOException {
        Path made = Path.of(archive + ".new");
        Files.deleteIfExists(made);
        try (SidecarProcess sidecar = SidecarProcess.startWithJvmOptions(
                ENVIRONMENT, List.of("-XX:ArchiveClassesAtExit=" + made, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"))) {
            sidecar.awaitLive(DEADLINE);
            for (String path : ASKED) {
                sidecar.get(path);
            }
            sidecar.terminate(DEADLINE);
        }
        Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
