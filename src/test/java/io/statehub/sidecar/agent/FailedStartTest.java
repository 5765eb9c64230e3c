package io.statehub.sidecar.agent;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = MINUTES)
class FailedStartTest {

    private final List<Integer> exitCodes = new CopyOnWriteArrayList<>();
    private final Agent agent = agent();

    @SuppressWarnings("NullAway") // a start that fails at once touches none of them
    private static Agent agent() {
        return new Agent(null, null, null, null, null, null, null, null, List.of(), RunMode.WATCH);
    }

    private void startThatFailsBy(Error fault) throws InterruptedException {
        Runnable start = () -> {
            throw fault;
        };
        new StartThread(start, failure -> agent.failed(failure, exitCodes::add))
                .begin()
                .join();
    }

    @Test
    void aStartThatFailsEndsTheProcessWithExitCodeOne() throws InterruptedException {
        startThatFailsBy(new NoClassDefFoundError("io/fabric8/kubernetes/client/KubernetesClient"));

        assertThat(exitCodes).containsExactly(1);
    }

    @Test
    void aStartThatIsCutShortByTheEndOfTheProcessIsNoFailure() throws InterruptedException {
        agent.stop(new ShutdownEvent());

        startThatFailsBy(new NoClassDefFoundError("java/util/List"));

        assertThat(exitCodes).isEmpty();
    }
}
