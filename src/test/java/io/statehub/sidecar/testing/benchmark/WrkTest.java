package io.statehub.sidecar.testing.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WrkTest {

    private static final String OUTPUT = """
            Running 5s test @ http://127.0.0.1:9600/metrics
              1 threads and 1 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency     1.10ms    2.04ms  23.04ms   92.19%%
                Req/Sec     1.67k   333.90     2.30k    68.00%%
              Latency Distribution
                 50%%  614.00us
                 75%%  714.00us
                 90%%    2.57ms
                 99%%    1.02s
              8326 requests in 5.00s, 150.05MB read
            %sRequests/sec:   1664.62
            Transfer/sec:     30.00MB
            """;

    @Test
    void latenciesAreInMillisecondsWhateverTheirUnit() {
        assertThat(Wrk.parse(OUTPUT.formatted(""))).isEqualTo(new Wrk(0.614, 1020, 1664.62));
    }

    @Test
    void anAnswerThatIsNotAGoodOneEndsTheRun() {
        assertThatThrownBy(() -> Wrk.parse(OUTPUT.formatted("  Non-2xx or 3xx responses: 3\n")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNoOutputOfWrkIsNoResult() {
        assertThatThrownBy(() -> Wrk.parse("unable to connect")).isInstanceOf(IllegalArgumentException.class);
    }
}
