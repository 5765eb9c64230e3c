package io.statehub.sidecar.probe.api;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.assertj.core.api.AbstractIntegerAssert;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

/** Waits for what another thread, or the kernel, has yet to notice. */
final class Eventually {

    private final Callable<Integer> measured;

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private Eventually(Callable<Integer> measured) {
        this.measured = measured;
    }

    static Eventually assertThat(Callable<Integer> measured) {
        return new Eventually(measured);
    }

    void isZero() {
        isAtMost(0);
    }

    void isAtMost(int allowed) {
        Awaitility.await().atMost(DEADLINE).untilAsserted(() -> check().isLessThanOrEqualTo(allowed));
    }

    private AbstractIntegerAssert<?> check() throws Exception {
        return Assertions.assertThat(measured.call());
    }
}
