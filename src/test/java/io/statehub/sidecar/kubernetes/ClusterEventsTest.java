package io.statehub.sidecar.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.kubernetes.FailingApiServer;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import io.statehub.sidecar.testing.kubernetes.KeepingApiServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterEventsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final EventPoster.EventDraft LOST =
            new EventPoster.EventDraft("FailoverStarted", "pg-1-t7", true, "pg-1 refused", Optional.of("uid-1"));

    private final KeepingApiServer server = new KeepingApiServer();
    private final KubernetesClient client = server.client();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private final ManualClock clock = new ManualClock();

    @AfterEach
    void end() {
        client.close();
        timer.shutdownNow();
        server.close();
    }

    private ClusterEvents events(Optional<String> cluster) {
        return new ClusterEvents(client, FixtureCluster.NAMESPACE, cluster, "state-hub-0", clock, timer);
    }

    private List<Event> posted() {
        return server.admin()
                .v1()
                .events()
                .inNamespace(FixtureCluster.NAMESPACE)
                .list()
                .getItems();
    }

    @Test
    void anEventIsPostedOnTheClusterThatItIsOf() {
        events(Optional.of("pg")).post(LOST);

        await().atMost(SOON).untilAsserted(() -> assertThat(posted()).hasSize(1));
        Event event = posted().get(0);
        assertThat(event.getMetadata().getName()).isEqualTo("pg.failover-started-pg-1-t7");
        assertThat(event.getInvolvedObject().getKind()).isEqualTo("Cluster");
        assertThat(event.getInvolvedObject().getApiVersion()).isEqualTo("postgresql.cnpg.io/v1");
        assertThat(event.getInvolvedObject().getUid()).isEqualTo("uid-1");
        assertThat(event.getReason()).isEqualTo("FailoverStarted");
        assertThat(event.getType()).isEqualTo("Warning");
        assertThat(event.getMessage()).isEqualTo("pg-1 refused");
        assertThat(event.getCount()).isEqualTo(1);
        assertThat(event.getFirstTimestamp()).isEqualTo("2026-03-01T12:00:00Z");
    }

    @Test
    void withoutAClusterItIsPostedOnThisPod() {
        events(Optional.empty()).post(LOST);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(posted())
                        .extracting(event -> event.getInvolvedObject().getKind() + " "
                                + event.getInvolvedObject().getName())
                        .containsExactly("Pod state-hub-0"));
    }

    @Test
    void theSameToldAgainIsCountedOnTheEventThatIsThere() {
        ClusterEvents events = events(Optional.of("pg"));
        events.post(LOST);
        await().atMost(SOON).untilAsserted(() -> assertThat(posted()).hasSize(1));

        clock.advance(Duration.ofSeconds(90));
        events(Optional.of("pg")).post(LOST);

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(posted()).extracting(Event::getCount).containsExactly(2));
        assertThat(posted().get(0).getFirstTimestamp()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(posted().get(0).getLastTimestamp()).isEqualTo("2026-03-01T12:01:30Z");
    }

    @Test
    void noMoreThanTwentyGoOutInTenMinutesAndTheRestIsCounted() {
        ClusterEvents events = events(Optional.of("pg"));
        for (int i = 0; i < 25; i++) {
            events.post(new EventPoster.EventDraft("SplitBrain", "pg-" + i, true, "two", Optional.empty()));
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(posted()).hasSize(ClusterEvents.MOST));
        assertThat(events.notPosted().tooMany()).isEqualTo(5);

        clock.advance(Duration.ofSeconds(601));
        events.post(LOST);
        await().atMost(SOON).untilAsserted(() -> assertThat(posted()).hasSize(ClusterEvents.MOST + 1));
    }

    @Test
    void whatTheApiServerDoesNotTakeIsCountedAndStopsNothing() {
        try (FailingApiServer failing = new FailingApiServer();
                KubernetesClient refused = failing.client()) {
            failing.listing("events", FailingApiServer.status(403, "Forbidden"));
            ClusterEvents events = new ClusterEvents(
                    refused, FixtureCluster.NAMESPACE, Optional.of("pg"), "state-hub-0", clock, timer);
            events.post(LOST);

            await().atMost(SOON).until(() -> events.notPosted().refused() == 1);
        }
    }
}
