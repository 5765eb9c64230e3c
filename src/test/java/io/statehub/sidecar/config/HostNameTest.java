package io.statehub.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostNameTest {

    @TempDir
    Path folder;

    @Test
    void whatTheVariableSaysCounts() throws IOException {
        assertThat(HostName.of("pod-1", kernel("node-7\n"))).isEqualTo("pod-1");
    }

    @Test
    void withoutTheVariableTheKernelIsAsked() throws IOException {
        Path kernel = kernel("node-7\n");

        assertThat(HostName.of(null, kernel)).isEqualTo("node-7");
        assertThat(HostName.of("", kernel)).isEqualTo("node-7");
    }

    @Test
    void thereIsANameWhereNeitherKnowsOne() throws IOException {
        assertThat(HostName.of(null, folder.resolve("missing"))).isEqualTo("localhost");
        assertThat(HostName.of(null, kernel("\n"))).isEqualTo("localhost");
    }

    private Path kernel(String says) throws IOException {
        return Files.writeString(folder.resolve("hostname"), says);
    }
}
