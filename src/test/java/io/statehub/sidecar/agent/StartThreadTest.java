package io.statehub.sidecar.agent;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 5, unit = MINUTES)
class StartThreadTest {

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    static Stream<Throwable> whatAStartMayFailBy() {
        return Stream.of(
                new IllegalStateException("no such file"),
                new NoClassDefFoundError("io/fabric8/kubernetes/client/KubernetesClient"),
                new ExceptionInInitializerError("a static field"),
                new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("whatAStartMayFailBy")
    void whateverTheStartFailsByIsTold(Throwable fault) throws InterruptedException {
        new StartThread(() -> fail(fault), failures::add).begin().join();

        assertThat(failures).containsExactly(fault);
    }

    @Test
    void nothingIsToldOfAStartThatSucceeds() throws InterruptedException {
        List<String> done = new CopyOnWriteArrayList<>();

        new StartThread(() -> done.add("started"), failures::add).begin().join();

        assertThat(done).containsExactly("started");
        assertThat(failures).isEmpty();
    }

    private static void fail(Throwable fault) {
        if (fault instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) fault;
    }
}
