package io.statehub.sidecar.drill.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.drill.DrillException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CommandTriggerTest {

    private static final Trigger.Undos NONE = new Trigger.Undos() {
        @Override
        public void toBeUndone(String what) {}

        @Override
        public void undone(String what) {}
    };

    @Test
    void whatACommandSaysAndItsExitCodeAreKept() throws DrillException, IOException {
        assertThat(new CommandTrigger("echo one; echo two >&2; exit 3").fire(NONE))
                .isEqualTo("exit code 3\none\ntwo");
    }

    @Test
    void aCommandThatSaysMuchIsReadToItsEndAndKeptInPart() throws DrillException, IOException {
        assertThat(new CommandTrigger("head -c 1000000 /dev/zero | tr '\\0' x").fire(NONE))
                .startsWith("exit code 0\nxxx")
                .hasSizeLessThan(70_000);
    }

    @Test
    void whatACommandLeavesInTheBackgroundIsNotWaitedFor() throws DrillException, IOException {
        String said = new CommandTrigger("sleep 600 & echo $!").fire(NONE);

        assertThat(said).matches("exit code 0\n\\d+");
        assertThat(ProcessHandle.of(Long.parseLong(said.substring(said.indexOf('\n') + 1))))
                .as("it is still there")
                .hasValueSatisfying(left -> assertThat(left.destroy()).isTrue());
    }
}
