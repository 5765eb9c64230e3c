package io.statehub.sidecar.testing.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {

    @Test
    void whatLinuxWritesIsRead() {
        assertThat(ProcessMemory.parse(List.of(
                        "Name:\tjava",
                        "VmHWM:\t  130000 kB",
                        "VmRSS:\t  128512 kB",
                        "RssAnon:\t   98304 kB",
                        "Threads:\t31")))
                .isEqualTo(new ProcessMemory(128_512, 98_304, 31));
    }
}
