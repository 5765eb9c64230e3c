package io.statehub.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FatalExitTest {

    /** A process that comes to a fault in one way, and would then live on for a minute. */
    static final class Faulty {

        private Faulty() {}

        public static void main(String... arguments) throws InterruptedException {
            FatalExit.install();
            switch (arguments[0]) {
                case "thread" -> new Thread(() -> fill(), "probe").start();
                case "log" -> {
                    try {
                        fill();
                    } catch (OutOfMemoryError caught) {
                        Logger.getLogger("somebody.who.catches.all")
                                .log(Level.WARNING, "it continues", new IllegalStateException(caught));
                    }
                }
                case "class" -> {
                    IOException unread = new FileNotFoundException("driver.jar (Too many open files)");
                    Logger.getLogger("somebody")
                            .log(Level.WARNING, "no probe", new NoClassDefFoundError("Driver").initCause(unread));
                }
                default ->
                    Logger.getLogger("somebody")
                            .log(
                                    Level.WARNING,
                                    "well",
                                    new UnsatisfiedLinkError("well").initCause(new FileNotFoundException("well.so")));
            }
            TimeUnit.MINUTES.sleep(arguments[0].equals("well") ? 0 : 1);
        }

        private static void fill() {
            byte[][] held = new byte[1 << 20][];
            for (int i = 0; i < held.length; i++) {
                held[i] = new byte[1 << 20];
            }
        }
    }

    private static int exitCode(String way) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Faulty.class.getName(),
                        way)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).as("it ended").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "log", "class"})
    void aProcessThatCanNotRecoverEndsWhereverThatWasNoticed(String way) throws IOException, InterruptedException {
        assertThat(exitCode(way)).isEqualTo(FatalExit.CODE);
    }

    @Test
    void anyOtherFaultEndsNothing() throws IOException, InterruptedException {
        assertThat(exitCode("well")).isZero();
    }

    @Test
    void aCircleOfCausesIsNoTrap() {
        Exception one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("other", one));

        assertThat(FatalExit.isFatal(one)).isFalse();
        assertThat(FatalExit.isFatal(null)).isFalse();
    }
}
