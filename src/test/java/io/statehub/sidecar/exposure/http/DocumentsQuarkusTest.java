package io.statehub.sidecar.exposure.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Stage;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(StagedProfile.class)
class DocumentsQuarkusTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    Stage stage;

    @Inject
    Documents documents;

    private final AtomicInteger made = new AtomicInteger();
    private final Semaphore mayBeMade = new Semaphore(0);
    private final Document numbered =
            new Document(UUID.randomUUID().toString(), "text/plain", this::nextNumberOncePermitted);

    @BeforeEach
    void aSnapshot() {
        Scene.STEADY.play(stage);
    }

    @AfterEach
    void nothingWaits() {
        mayBeMade.release(100);
    }

    @Test
    void oneServesAllThatAskWithinASnapshotAndAQuarterOfASecond() {
        mayBeMade.release(2);
        assertThat(number()).isEqualTo("1");

        stage.pass(Documents.SERVED_FOR.minusMillis(1));
        assertThat(number()).isEqualTo("1");

        stage.pass(Duration.ofMillis(1));
        assertThat(number()).isEqualTo("2");
    }

    @Test
    void whileTheNextIsMadeTheLastIsServedAndNobodyWaits() {
        mayBeMade.release();
        assertThat(number()).isEqualTo("1");
        stage.observe(List.of());

        for (int i = 0; i < 10; i++) {
            assertThat(documents.plain(numbered).result()).hasToString("1");
        }
        mayBeMade.release();

        await().atMost(DEADLINE).until(() -> number().equals("2"));
        assertThat(made).hasValue(2);
    }

    @Test
    void whatIsTooOldIsNotServedHoweverLongTheNextTakes() {
        mayBeMade.release();
        assertThat(number()).isEqualTo("1");
        stage.pass(Documents.SERVED_FOR);

        Future<Buffer> asked = documents.plain(numbered);
        assertThat(asked.isComplete()).isFalse();
        assertThat(documents.plain(numbered).isComplete()).isFalse();
        mayBeMade.release();

        assertThat(of(asked)).isEqualTo("2");
        assertThat(made).hasValue(2);
    }

    @Test
    void whatCouldNotBeMadeIsTriedAgainAndWhoWaitedIsTold() {
        Document failing = new Document(UUID.randomUUID().toString(), "text/plain", snapshot -> {
            throw new IllegalStateException("attempt " + made.incrementAndGet());
        });

        assertThatThrownBy(() -> of(documents.plain(failing))).hasMessageContaining("attempt 1");
        assertThatThrownBy(() -> of(documents.compressed(failing))).hasMessageContaining("attempt 2");
    }

    private byte[] nextNumberOncePermitted(AgentSnapshot snapshot) {
        mayBeMade.acquireUninterruptibly();
        return Integer.toString(made.incrementAndGet()).getBytes(UTF_8);
    }

    private String number() {
        return of(documents.plain(numbered));
    }

    private static String of(Future<Buffer> answer) {
        return answer.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS)
                .join()
                .toString();
    }
}
