package io.statehub.sidecar.drill.restore.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProgramsTest {

    @TempDir
    private Path folder;

    @Test
    void oneThatRunsEndsWithTheDrillAndNoMoreAreStarted() throws IOException {
        Programs programs = new Programs(Optional.empty(), folder, Room.below(folder, OptionalLong.empty()));
        Path begun = folder.resolve("begun");
        List<String> command = List.of("sh", "-c", "echo > " + begun + "; exec sleep 600");
        CompletableFuture<Throwable> ended =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> programs.run(command, Map.of(), "")));
        await().atMost(Duration.ofSeconds(50)).until(() -> Files.exists(begun));

        programs.close();

        assertThat(ended.join()).hasMessageStartingWith("sh ended with exit code 143");
        assertThatThrownBy(() -> programs.run(List.of("true"), Map.of(), ""))
                .hasMessageContaining("everything is being ended");
    }
}
