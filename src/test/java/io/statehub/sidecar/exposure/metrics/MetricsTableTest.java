package io.statehub.sidecar.exposure.metrics;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** docs/metrics.md against the catalogue that it is made from; {@code -DargLine=-Dgolden.write=true} writes it. */
class MetricsTableTest {

    private static final Path DOCUMENT = Path.of("docs/metrics.md");

    private static final String HEAD = """
            # Metrics

            What `GET /metrics` answers: Prometheus text, or OpenMetrics for whoever prefers it in `Accept`, as Prometheus itself does;
            compressed for whoever asks. It is made at most four times a second, so an age may be a quarter of a second older than it
            says. This page is made from the catalogue in
            [`Metric`](../src/main/java/io/statehub/sidecar/exposure/metrics/Metric.java); a test holds it there.

            - A gauge of something that is not known is absent: no series, never 0, never the last value. Where that matters a series of its
              own says why.
            - A figure that there can't be (a negative lag, a time in the year 2300) is left out, and counted in
              `statehub_figures_out_of_range_total`.
            - Units are seconds, bytes and 1. What is a measurement with an error has a `lower` and an `upper` series.
            - Labels are bounded: `member` by the settings or by the operator's instances, `volume` by its claims (`data`, `log`, or the name of
              a tablespace), all others by closed lists. `kind` of
              `statehub_findings` is listed in [findings.md](findings.md), that of failures in
              [`FailureKind`](../src/main/java/io/statehub/sidecar/observation/FailureKind.java), `reason` of an unknown lag is `unseen`,
              `no_permission`, `not_streaming` or `silent`.
            - Of a snapshot that is older than `statehub_probe_stale_after_seconds` only the sidecar's own series are left.
            - Every sidecar exports what it sees itself, so there is a series for each pod: aggregate, as the
              [rules](../src/main/kubernetes/monitoring/rules.yml) do. What is said of Kubernetes comes from the one that leads.

            | metric | type | labels | meaning |
            |---|---|---|---|
            """;

    private static final String FOOT = """

            Beside them stand a few of the process: `process_*`, `jvm_memory_used_bytes`, `jvm_threads_live_threads`; absent where the platform
            doesn't tell.

            How staleness is measured without writing anything is
            [decision 0003](decisions/0003-staleness-from-the-primarys-positions.md); what the figures of a failover mean is in
            [failovers.md](failovers.md).
            """;

    @Test
    void theDocumentIsTheCatalogue() throws IOException {
        String document =
                HEAD + Arrays.stream(Metric.values()).map(MetricsTableTest::row).collect(joining()) + FOOT;
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(DOCUMENT, document);
        }

        assertThat(DOCUMENT).exists().content().isEqualTo(document);
    }

    private static String row(Metric metric) {
        String labels = metric.labels().isEmpty()
                ? "–"
                : metric.labels().stream().map(label -> "`" + label + "`").collect(joining(", "));
        return "| `%s` | %s | %s | %s |\n"
                .formatted(metric.metricName(), metric.type().name().toLowerCase(Locale.ROOT), labels, metric.help());
    }
}
