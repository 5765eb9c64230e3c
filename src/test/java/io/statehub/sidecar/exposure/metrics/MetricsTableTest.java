package io.statehub.sidecar.exposure.metrics;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/metrics.md against the catalogue that it is made from; {@code -DargLine=-Dgolden.write=true} writes it. */
class MetricsTableTest {

    private static final Path DOCUMENT = Path.of("docs/metrics.md");

    private static final String HEAD = """
            # Metrics

            What `GET /metrics` answers: Prometheus text, or OpenMetrics for whoever prefers it in `Accept`, as \
            Prometheus itself does;
            compressed for whoever asks. It is made at most four times a second, so an age may be a quarter of a \
            second older than it
            says. This page is made from the catalogue in
            [`Metric`](../src/main/java/io/statehub/sidecar/exposure/metrics/Metric.java); a test holds it there.

            - A gauge whose value is unknown is absent: no series, never 0, never the last value. Where the reason \
            matters, another series
              gives it.
            - An impossible value (a negative lag, a time in the year 2300) is left out, and counted in
              `statehub_figures_out_of_range_total`.
            - Units are seconds, bytes and 1. A measurement with an error has a `lower` and an `upper` series.
            - Labels are bounded: `member` by the settings or by the operator's instances, `volume` by its claims \
            (`data`, `log`, or the name of
              a tablespace), all others by closed lists. `kind` of
              `statehub_findings` is listed in [findings.md](findings.md), that of failures in
              [`FailureKind`](../src/main/java/io/statehub/sidecar/observation/FailureKind.java), `reason` of an \
            unknown lag is `unseen`,
              `no_permission`, `not_streaming` or `silent`.
            - Once a snapshot is older than `statehub_probe_stale_after_seconds`, only the sidecar's own series remain.
            - Every sidecar exports what it sees itself, so there is a series for each pod: aggregate, as the
              [rules](../src/main/kubernetes/monitoring/rules.yml) do. The series on Kubernetes come from the leader \
            alone.

            """;

    private static final String COLUMNS = """
            | metric | type | labels | meaning |
            |---|---|---|---|
            """;

    /** What a reader looks for. Each metric is in the first group that takes its name. */
    private enum Group {
        BOUNDS(
                "Bounds and objectives, as configured",
                "For dashboards and alerts to compare with, so that no threshold is written twice.",
                "statehub_(probe_stale_after|api_timeout|replication_max|slot_max|objective)_.*"),
        VERDICT(
                "Is it up?",
                "The verdict by scope, what readiness answers, and why.",
                "statehub_(status|ready|findings)"),
        WRITE_PATH(
                "Do the write path and the API work?", "What a client meets.", "statehub_(api_up|write_endpoint_.*)"),
        MEMBERS(
                "What is each member, and does it answer?",
                "",
                "statehub_members|statehub_member_(up|role|timeline|wal_position|start_time|statistics_visible).*"),
        REPLICATION(
                "How far behind is each standby?",
                "Lag in bytes of WAL, staleness in seconds with its two bounds.",
                "statehub_(replication|heartbeat_staleness)_.*"),
        RISK("What would the loss of the primary cost now?", "", "statehub_rpo_.*"),
        WAL("Replication slots and the WAL archive", "", "statehub_(slot|slots|archive|archived)(_.*)?"),
        OUTAGES(
                "Outages and failovers",
                "The current one, the last change of primary with its RTO and RPO, and counters.",
                "statehub_(outage|current_outage|outages|failover_state|split_brain|failovers|lost_rows"
                        + "|time_since_failover|last_failover)(_.*)?"),
        BACKUPS("Backups, restores and drills", "", "statehub_(backup|recovery|restore|failover_drill)_.*"),
        KUBERNETES(
                "Kubernetes: nodes, pods, volumes, operator",
                "From the leading sidecar alone, and nothing outside Kubernetes.",
                "statehub_(leader|kubernetes|nodes|member_node|api_pods|operator|volume|events)(_.*)?"),
        SIDECAR(
                "The sidecar itself",
                "Its probes, its heartbeats and its journal.",
                "statehub_(build|snapshot|snapshots|figures|journal|heartbeats|probe)_.*");

        private final String title;
        private final String about;
        private final Pattern names;

        Group(String title, String about, String names) {
            this.title = title;
            this.about = about;
            this.names = Pattern.compile(names);
        }

        static Group of(Metric metric) {
            return Arrays.stream(values())
                    .filter(group -> group.names.matcher(metric.metricName()).matches())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(metric.metricName() + " is in no group"));
        }

        String section() {
            String rows = Arrays.stream(Metric.values())
                    .filter(metric -> of(metric) == this)
                    .map(MetricsTableTest::row)
                    .collect(joining());
            return "## " + title + "\n\n" + (about.isEmpty() ? "" : about + "\n\n") + COLUMNS + rows;
        }
    }

    private static final String FOOT = """

            ## The process

            A few standard ones: `process_*`, `jvm_memory_used_bytes`, `jvm_threads_live_threads`; absent where the \
            platform does not provide
            them.

            ## More

            How staleness is measured without writing anything is
            [decision 0003](decisions/0003-staleness-from-the-primarys-positions.md); what the figures of a failover \
            mean is in
            [failovers.md](failovers.md).
            """;

    @Test
    void theDocumentIsTheCatalogue() throws IOException {
        String document = HEAD
                + Stream.concat(
                                Arrays.stream(Group.values()).filter(group -> group != Group.BOUNDS),
                                Stream.of(Group.BOUNDS))
                        .map(Group::section)
                        .collect(joining("\n"))
                + FOOT;
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
