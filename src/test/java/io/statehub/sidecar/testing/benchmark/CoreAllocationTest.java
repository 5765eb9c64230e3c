package io.statehub.sidecar.testing.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a round allocates in the pure core: a count, not a time. Compiled code allocates less, so the bounds are wider
 * than what {@link CoreBenchmark} prints.
 */
class CoreAllocationTest {

    private static final int UNTIL_ALL_IS_LOADED = 200;
    private static final int ROUNDS = 200;
    private static final long KIB = 1024;

    @ParameterizedTest(name = "{0} members")
    @CsvSource({"3, 32", "50, 260"})
    void aRoundAllocatesNoMoreThanItsBudget(int members, long kib) {
        CoreBenchmark rounds = new CoreBenchmark(members);
        rounds.allocated(UNTIL_ALL_IS_LOADED);

        long allocated = rounds.allocated(ROUNDS);
        System.out.println(members + " members: " + allocated + " bytes a round");

        assertThat(allocated).isPositive().isLessThanOrEqualTo(kib * KIB);
    }
}
