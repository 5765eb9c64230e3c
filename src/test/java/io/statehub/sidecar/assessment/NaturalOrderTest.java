package io.statehub.sidecar.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {

    @Test
    void figuresInNamesAreCounted() {
        assertThat(Stream.of("pg-10", "pg-2", "pg-1", "pg", "pg-2b", "db-99999999999999999999", "pg-02")
                        .sorted(NaturalOrder.INSTANCE))
                .containsExactly("db-99999999999999999999", "pg", "pg-1", "pg-02", "pg-2", "pg-2b", "pg-10");
    }
}
