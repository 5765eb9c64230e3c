package io.statehub.sidecar.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.SynchronousStandbyNames;
import io.statehub.sidecar.testing.Senders;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SynchronousStandbysTest {

    @Test
    void namesOfWhichNoneStreamsAreMissingWhateverTheirCase() {
        SynchronousStandbys standbys = of("ANY 1 (\"PG-2\", \"pg-3\")", 2, "pg-2");

        assertThat(standbys.missing()).containsExactly("pg-3");
        assertThat(standbys.described()).isEqualTo("ANY 1 (PG-2, pg-3): 1 of 1 stream, missing: pg-3");
        assertThat(standbys.satisfied()).isTrue();
        assertThat(standbys.spare()).isZero();
    }

    @Test
    void whereAllStreamNoneIsMissing() {
        SynchronousStandbys standbys = of("ANY 1 (\"pg-2\", \"pg-3\")", 2, "pg-2", "pg-3");

        assertThat(standbys.missing()).isEmpty();
        assertThat(standbys.described()).isEqualTo("ANY 1 (pg-2, pg-3): 2 of 1 stream");
        assertThat(standbys.spare()).isEqualTo(1);
    }

    @Test
    void whereAnyStandbyWillDoNoNameIsMissing() {
        SynchronousStandbys standbys = of("ANY 1 (*)", 2);

        assertThat(standbys.missing()).isEmpty();
        assertThat(standbys.described()).isEqualTo("ANY 1 (*): 0 of 1 stream");
        assertThat(standbys.satisfied()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ANY 1 (a, b)   | 2 | false
            FIRST 2 (a, b) | 2 | true
            ANY 1 (*)      | 2 | false
            ANY 1 (*)      | 1 | true
            ANY 1 (*)      | 0 | false
            """)
    void noneIsToSpareByDesignWhereAllThatThereCouldBeAreWaitedFor(String setting, int members, boolean byDesign) {
        assertThat(of(setting, members).noSpareByDesign()).isEqualTo(byDesign);
    }

    private static SynchronousStandbys of(String setting, int members, String... streaming) {
        return new SynchronousStandbys(
                SynchronousStandbyNames.parse(setting).orElseThrow(),
                Stream.of(streaming).map(Senders::quorum).toList(),
                members);
    }
}
