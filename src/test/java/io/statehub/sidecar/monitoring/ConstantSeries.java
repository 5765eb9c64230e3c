package io.statehub.sidecar.monitoring;

import static io.restassured.RestAssured.given;

import io.statehub.sidecar.testing.Program;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A Prometheus that scrapes for forty minutes what {@code /metrics} says now, in promtool's time. */
final class ConstantSeries {

    private ConstantSeries() {}

    /** What promtool says of these checks, which are indented as those of a test are. */
    static Program.Ended test(Path directory, String checks) throws IOException {
        String series = given().accept("text/plain")
                .get("/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("statehub_"))
                .map(ConstantSeries::series)
                .collect(Collectors.joining());
        Path file = Files.writeString(
                directory.resolve("constant.test.yml"),
                "rule_files: ['" + RuleFile.PATH.toAbsolutePath()
                        + "']\nevaluation_interval: 30s\ntests:\n  - interval: 30s\n" + "    input_series:\n" + series
                        + checks);
        return Program.run(List.of("promtool", "test", "rules", file.toString()));
    }

    /** A line of the exposition as a series, with the labels that the scrape adds. */
    private static String series(String line) {
        int value = line.lastIndexOf(' ');
        String name = line.substring(0, value);
        String target =
                "namespace=\"%s\",cluster=\"%s\",pod=\"a\"".formatted(FixtureCluster.NAMESPACE, FixtureCluster.CLUSTER);
        String labelled = name.endsWith("}")
                ? name.substring(0, name.length() - 1).replaceFirst(",?$", ",") + target + "}"
                : name + "{" + target + "}";
        return "      - {series: '%s', values: '%sx80'}%n"
                .formatted(labelled.replace("'", "''"), line.substring(value + 1));
    }
}
