package io.statehub.sidecar.exposure.metrics;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** README's table of metrics against the catalogue. */
class MetricsTableTest {

    @Test
    void readmeListsTheCatalogueAndNothingElse() throws IOException {
        List<String> rows;
        try (var lines = Files.lines(Path.of("README.md"))) {
            rows = lines.filter(line -> line.startsWith("| `statehub_")).toList();
        }

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(Metric.values())
                        .map(MetricsTableTest::row)
                        .toList());
    }

    private static String row(Metric metric) {
        String labels = metric.labels().isEmpty()
                ? "–"
                : metric.labels().stream().map(label -> "`" + label + "`").collect(joining(", "));
        return "| `%s` | %s | %s | %s |"
                .formatted(metric.metricName(), metric.type().name().toLowerCase(Locale.ROOT), labels, metric.help());
    }
}
