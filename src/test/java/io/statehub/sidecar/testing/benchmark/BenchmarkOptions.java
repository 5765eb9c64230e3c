package io.statehub.sidecar.testing.benchmark;

import java.time.Duration;

/**
 * How long and how much is measured; with the defaults, about three minutes.
 *
 * @param starts how often the start is timed, 1 to 100
 * @param steady how long nothing happens but probing, in whole seconds, 1 to 600
 * @param requests requests of each run under load, 10 to 100 000
 */
record BenchmarkOptions(int starts, Duration steady, int requests) {

    static BenchmarkOptions fromSystemProperties() {
        return new BenchmarkOptions(
                number("benchmark.starts", 10, 1, 100),
                Duration.ofSeconds(number("benchmark.steady", 60, 1, 600)),
                number("benchmark.requests", 5_000, 10, 100_000));
    }

    private static int number(String property, int usual, int least, int most) {
        int value = Integer.getInteger(property, usual);
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %d, allowed are %d to %d".formatted(property, value, least, most));
        }
        return value;
    }
}
