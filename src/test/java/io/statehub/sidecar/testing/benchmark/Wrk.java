package io.statehub.sidecar.testing.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code wrk} says of one run.
 *
 * @param p50 half of the answers took no longer, in ms
 * @param p99 of a hundred answers 99 took no longer, in ms
 * @param perSecond answers a second
 */
record Wrk(double p50, double p99, double perSecond) {

    /** A connection asks again 5 ms after an answer: 200 a second, less by what an answer takes. */
    private static final String PACED = "function delay() return 5 end\n";

    private static final Pattern LATENCY = Pattern.compile("^\\s+(50|99)%\\s+([\\d.]+)(us|ms|s|m)$", Pattern.MULTILINE);
    private static final Pattern RATE = Pattern.compile("^Requests/sec:\\s+([\\d.]+)$", Pattern.MULTILINE);

    static Wrk flatOut(String url, int connections, Duration time) throws IOException, InterruptedException {
        return run(url, connections, time, List.of());
    }

    static Wrk paced(String url, Duration time) throws IOException, InterruptedException {
        Path script = Files.createTempFile("paced", ".lua");
        try {
            Files.writeString(script, PACED);
            return run(url, 1, time, List.of("-s", script.toString()));
        } finally {
            Files.delete(script);
        }
    }

    private static Wrk run(String url, int connections, Duration time, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "wrk", "-t1", "-c" + connections, "-d" + time.toSeconds() + "s", "--timeout", "10s", "--latency"));
        command.addAll(options);
        command.add(url);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed:\n" + output);
        }
        return parse(output);
    }

    /** @throws IllegalArgumentException if it is not what wrk prints, or an answer was not a good one */
    static Wrk parse(String output) {
        if (output.contains("Non-2xx")) {
            throw new IllegalArgumentException("an answer was not a good one:\n" + output);
        }
        Matcher rate = RATE.matcher(output);
        if (!rate.find()) {
            throw new IllegalArgumentException("not what wrk prints:\n" + output);
        }
        return new Wrk(millis(output, "50"), millis(output, "99"), Double.parseDouble(rate.group(1)));
    }

    private static double millis(String output, String percent) {
        return LATENCY.matcher(output)
                .results()
                .filter(found -> found.group(1).equals(percent))
                .findFirst()
                .map(found -> Double.parseDouble(found.group(2)) * factor(found.group(3)))
                .orElseThrow(() -> new IllegalArgumentException("no latency of " + percent + " % in:\n" + output));
    }

    private static double factor(String unit) {
        return switch (unit) {
            case "us" -> 1e-3;
            case "ms" -> 1;
            case "s" -> 1e3;
            default -> 60e3;
        };
    }
}
