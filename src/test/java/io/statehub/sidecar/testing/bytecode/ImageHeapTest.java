package io.statehub.sidecar.testing.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.zip.Inflater;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guard of the image's heap sees, on classes that hold what no image may hold. Nothing here is ever run. */
class ImageHeapTest {

    private static boolean nothingAtRunTime(String name) {
        return false;
    }

    /**
     * The shape of io.prometheus.client.Striped64, which stopped a native build: the superclass of what a histogram
     * adds to.
     */
    abstract static class Striped {
        static final Random CELLS = new Random();
    }

    static final class Adder extends Striped {
        int add() {
            return hashCode();
        }
    }

    static final class HoldsSecureRandom {
        static final SecureRandom NONCES = new SecureRandom();
    }

    static final class HoldsThread {
        static final Thread WORKER = new Thread(() -> {});
    }

    static final class HoldsTimer {
        static final Timer TICKS = new Timer(true);
    }

    static final class HoldsInflater {
        static final Inflater GUNZIP = new Inflater();
    }

    static final class HoldsCleaner {
        static final Cleaner CLEANER = Cleaner.create();
    }

    static final class HoldsMemory {
        static final ByteBuffer BUFFER = ByteBuffer.allocateDirect(1);
    }

    static final class HoldsStream {
        static final InputStream NULL = open();

        private static InputStream open() {
            try {
                return new FileInputStream("/dev/null");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static final class HoldsSocket {
        static final DatagramSocket SOCKET = open();

        private static DatagramSocket open() {
            try {
                return new DatagramSocket();
            } catch (SocketException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static final class HoldsTls {
        static final SSLContext CONTEXT = open();

        private static SSLContext open() {
            try {
                return SSLContext.getDefault();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static final class HoldsSocketFactory {
        static final SocketFactory FACTORY = SSLSocketFactory.getDefault();
    }

    static final class HoldsTheMachinesHome {
        static final String HOME = System.getenv("HOME");
    }

    static final class HoldsTheMachinesProcessors {
        static final int PROCESSORS = count();

        private static int count() {
            return Runtime.getRuntime().availableProcessors();
        }
    }

    static final class HoldsTheMachinesName {
        static final String NAME = name();

        private static String name() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @SuppressWarnings("TimeInStaticInitializer") // what is to be found
    static final class HoldsTheTimeOfTheBuild {
        static final Instant STARTED = Instant.now();
    }

    static final class AsksLater {
        static final Supplier<Instant> NOW = Instant::now;
        static final Instant NEVER = Instant.EPOCH;
    }

    /** Not in the static field itself, but in what it refers to. */
    static final class HoldsRandomInAnObject {
        static final Supplier<Integer> DICE = new Dice();
    }

    static final class Dice implements Supplier<Integer> {
        private final Random random = new Random();

        @Override
        public Integer get() {
            return random.nextInt();
        }
    }

    static final class HoldsNothing {
        static final Supplier<Integer> LATER = () -> new Random().nextInt();
        static final int ONCE = ThreadLocalRandom.current().hashCode();
    }

    static final class Entry {
        static void main() {
            new Adder().add();
        }

        static Object all() {
            return new Object[] {
                HoldsSecureRandom.NONCES,
                HoldsThread.WORKER,
                HoldsTimer.TICKS,
                HoldsInflater.GUNZIP,
                HoldsCleaner.CLEANER,
                HoldsMemory.BUFFER,
                HoldsStream.NULL,
                HoldsSocket.SOCKET,
                HoldsTls.CONTEXT,
                HoldsSocketFactory.FACTORY,
                HoldsRandomInAnObject.DICE
            };
        }

        static Object answers() {
            return new Object[] {
                HoldsTheMachinesHome.HOME,
                HoldsTheMachinesProcessors.PROCESSORS,
                HoldsTheMachinesName.NAME,
                HoldsTheTimeOfTheBuild.STARTED,
                AsksLater.NOW,
                AsksLater.NEVER
            };
        }

        static Object harmless() {
            return HoldsNothing.LATER;
        }
    }

    @Test
    void randomInTheSuperclassOfWhatAHistogramAddsToIsSeen() throws Exception {
        assertThat(forbiddenFrom("main()V", ImageHeapTest::nothingAtRunTime))
                .containsOnlyKeys(Striped.class.getName())
                .hasValueSatisfying(new Condition<>(why -> why.contains("a new Random"), "says what"));
    }

    @Test
    void classThatIsInitializedAtRunTimeMayHoldIt() throws Exception {
        assertThat(forbiddenFrom("main()V", Striped.class.getName()::equals)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                HoldsSecureRandom.class,
                HoldsThread.class,
                HoldsTimer.class,
                HoldsInflater.class,
                HoldsCleaner.class,
                HoldsMemory.class,
                HoldsStream.class,
                HoldsSocket.class,
                HoldsTls.class,
                HoldsSocketFactory.class,
                HoldsRandomInAnObject.class
            })
    void everyKindOfWhatIsOpenRunningOrRandomIsSeen(Class<?> holder) throws Exception {
        assertThat(forbiddenFrom("all()Ljava/lang/Object;", ImageHeapTest::nothingAtRunTime))
                .containsKey(holder.getName());
    }

    @Test
    void whatIsMadeAtRunTimeOrBelongsToAThreadIsNotBlamed() throws Exception {
        assertThat(forbiddenFrom("harmless()Ljava/lang/Object;", ImageHeapTest::nothingAtRunTime))
                .isEmpty();
    }

    @Test
    void whatHasAnotherAnswerWhereTheExecutableRunsIsSeen() throws Exception {
        try (ClassPath classes = new ClassPath(Set.of(testClasses()))) {
            assertThat(new ImageHeap(classes)
                            .frozen(reached(classes, "answers()Ljava/lang/Object;", ImageHeapTest::nothingAtRunTime)))
                    .containsOnlyKeys(
                            HoldsTheMachinesHome.class.getName(),
                            HoldsTheMachinesProcessors.class.getName(),
                            HoldsTheMachinesName.class.getName(),
                            HoldsTheTimeOfTheBuild.class.getName())
                    .containsEntry(
                            HoldsTheMachinesProcessors.class.getName(),
                            "Runtime.availableProcessors() in " + HoldsTheMachinesProcessors.class.getName()
                                    + ".count()I");
        }
    }

    @Test
    void whatNobodyReachesIsNotBlamed() throws Exception {
        assertThat(forbiddenFrom("main()V", ImageHeapTest::nothingAtRunTime))
                .doesNotContainKey(HoldsThread.class.getName());
    }

    @Test
    void classThatNobodyHasIsUnresolvedOnlyIfItCanBeReached() throws Exception {
        try (ClassPath classes = new ClassPath(Set.of(testClasses()))) {
            Reachability reachable = new Reachability(classes, ImageHeapTest::nothingAtRunTime)
                    .enter(name(ImageHeapTest.class), "whatNobodyReachesIsNotBlamed()V")
                    .follow();

            assertThat(reachable.unresolved()).containsKey("org/assertj/core/api/Assertions");
            assertThat(new Reachability(classes, ImageHeapTest::nothingAtRunTime)
                            .enter(name(Entry.class), "main()V")
                            .follow()
                            .unresolved())
                    .isEmpty();
        }
    }

    private static Map<String, String> forbiddenFrom(String method, Predicate<String> atRunTime) throws Exception {
        try (ClassPath classes = new ClassPath(Set.of(testClasses()))) {
            return new ImageHeap(classes).forbidden(reached(classes, method, atRunTime));
        }
    }

    private static Set<String> reached(ClassPath classes, String method, Predicate<String> atRunTime) {
        return new Reachability(classes, atRunTime)
                .enter(name(Entry.class), method)
                .follow()
                .initializedAtBuildTime();
    }

    private static String name(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static Path testClasses() throws Exception {
        return Path.of(ImageHeapTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
