package io.statehub.sidecar.drill.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import io.statehub.sidecar.drill.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;

@Execution(CONCURRENT)
class CommandTriggerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    @Test
    void whatACommandSaysAndItsExitCodeAreKept() throws DrillException, IOException {
        assertThat(new CommandTrigger("echo one; echo two >&2; exit 3").fire(new NothingToUndo()))
                .isEqualTo("exit code 3\none\ntwo");
    }

    @Test
    void aCommandThatSaysMuchIsReadToItsEndAndKeptInPart() throws DrillException, IOException {
        assertThat(new CommandTrigger("head -c 1000000 /dev/zero | tr '\\0' x").fire(new NothingToUndo()))
                .startsWith("exit code 0\nxxx")
                .hasSizeLessThan(70_000);
    }

    @Test
    void whatACommandLeavesInTheBackgroundIsNotWaitedFor() throws DrillException, IOException {
        String said = new CommandTrigger("sleep 600 & echo $!").fire(new NothingToUndo());

        assertThat(said).matches("exit code 0\n\\d+");
        assertThat(ProcessHandle.of(Long.parseLong(said.substring(said.indexOf('\n') + 1))))
                .as("it is still there")
                .hasValueSatisfying(left -> assertThat(left.destroy()).isTrue());
    }

    @Test
    void oneThatIsEndedEndsWithItsChildrenThoughTheyDoNotWantTo() throws IOException {
        Path pids = directory.resolve("pids");
        Path stubborn = Files.writeString(
                directory.resolve("stubborn"), "trap '' TERM\necho $$ >> " + pids + "\nsleep 600\nsleep 600\n");
        CommandTrigger trigger = new CommandTrigger("sh " + stubborn + " & sh " + stubborn + "; wait");
        CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> fired(trigger));
        await().atMost(PATIENCE)
                .until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 2);

        trigger.cancel();

        assertThat(said.join()).startsWith("ended by the drill, exit code ");
        for (String pid : Files.readAllLines(pids)) {
            await().atMost(PATIENCE)
                    .until(() -> ProcessHandle.of(Long.parseLong(pid))
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        }
    }

    @Test
    void oneThatIsEndedBeforeItBeganDoesNotBegin() {
        Path begun = directory.resolve("begun");
        CommandTrigger trigger = new CommandTrigger("touch " + begun);

        trigger.cancel();

        assertThat(fired(trigger)).isEqualTo("the drill ended before it");
        assertThat(begun).doesNotExist();
    }

    private static String fired(CommandTrigger trigger) {
        try {
            return trigger.fire(new NothingToUndo());
        } catch (DrillException | IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
