package io.statehub.sidecar.access;

import static io.statehub.sidecar.json.JsonLibrary.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.statehub.sidecar.access.Chain.StepFailedException;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.system.Refusal;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What only Prometheus can say: whether it scrapes us, and whether it has our rules.
 *
 * @param base where its API is, which may have a path of its own before {@code /api/v1}
 * @param timeout for each connection and each read
 */
record PrometheusQuestions(URI base, Duration timeout) {

    /** Rules of a large cluster come to a few. */
    private static final int MOST_BYTES = 32 << 20;

    private static final int OK = 200;

    /** Fires where no sidecar is scraped, so that it is there wherever our rules are. */
    private static final String OURS = "StateHubSidecarAbsent";

    /**
     * How many sidecars it scrapes.
     *
     * @param cluster the cluster that they watch, if the settings name one
     */
    String scraped(Optional<String> cluster) throws StepFailedException {
        List<Scraped> series = asked(
                "/api/v1/query?query=" + URLEncoder.encode("count by (cluster) (statehub_build_info)", UTF_8),
                data -> objects(data, "result")
                        .map(PrometheusQuestions::scraped)
                        .toList());
        if (series.isEmpty()) {
            throw new StepFailedException(
                    "no sidecar is scraped: the PodMonitor may lack the label that this Prometheus"
                            + " selects by, or the network policy keeps it out; allowed: at least 1");
        }
        String seen = series.stream().map(Scraped::toString).sorted().collect(Collectors.joining(", "));
        if (cluster.isPresent() && series.stream().noneMatch(each -> each.mayWatch(cluster.get()))) {
            throw new StepFailedException(
                    "sidecars are scraped, " + seen + "; allowed: at least 1 of " + cluster.get());
        }
        return "sidecars scraped: " + seen;
    }

    /** @param cluster the label that the PodMonitor gives; empty if there is none */
    private record Scraped(String sidecars, String cluster) {

        boolean mayWatch(String name) {
            return cluster.isEmpty() || cluster.equals(name);
        }

        @Override
        public String toString() {
            return sidecars + (cluster.isEmpty() ? " without a label cluster" : " of " + cluster);
        }
    }

    private static Scraped scraped(JsonObject series) {
        return new Scraped(
                series.getJsonArray("value").getString(1),
                series.getJsonObject("metric").getString("cluster", ""));
    }

    /** How many alerts of ours it evaluates. */
    String rules() throws StepFailedException {
        List<Alert> alerts = asked(
                "/api/v1/rules?type=alert",
                data -> objects(data, "groups")
                        .flatMap(group -> objects(group, "rules"))
                        .map(rule -> new Alert(
                                rule.getString("name"), rule.getString("health", ""), rule.getString("lastError", "")))
                        .filter(rule -> rule.name().startsWith("StateHub"))
                        .toList());
        if (alerts.stream().noneMatch(rule -> rule.name().equals(OURS))) {
            throw new StepFailedException("it has " + alerts.size() + " alerts of ours, and " + OURS
                    + " is not among them: the PrometheusRule may lack the label that this Prometheus selects by");
        }
        for (Alert alert : alerts) {
            if (alert.health().equals("err")) {
                throw new StepFailedException(alert.name() + " can't be evaluated: " + alert.lastError());
            }
        }
        return "alerts of ours: " + alerts.size();
    }

    private record Alert(String name, String health, String lastError) {}

    private static Stream<JsonObject> objects(JsonObject holder, String name) {
        return holder.getJsonArray(name).stream().map(JsonValue::asJsonObject);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(JsonObject data);
    }

    /**
     * What is read of an answer's data. The library tells of what is missing, or of another type, by the exceptions
     * caught here.
     */
    private <T> T asked(String path, Reading<T> reading) throws StepFailedException {
        URI address = URI.create(base.toString().replaceAll("/+$", "") + path);
        try (JsonReader reader = JSON.createReader(new ByteArrayInputStream(body(address)))) {
            return reading.of(reader.readObject().getJsonObject("data").asJsonObject());
        } catch (IOException e) {
            throw new StepFailedException(failure(e));
        } catch (JsonException | ClassCastException | IndexOutOfBoundsException | NullPointerException e) {
            throw new StepFailedException(new Failure(FailureKind.BAD_BODY, "the answer is not that of a Prometheus"));
        }
    }

    private byte[] body(URI address) throws IOException, StepFailedException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setInstanceFollowRedirects(false);
        try {
            int status = connection.getResponseCode();
            if (status != OK) {
                throw new StepFailedException(
                        new Failure(FailureKind.BAD_STATUS, "HTTP " + status + ", expected " + OK));
            }
            try (InputStream body = connection.getInputStream()) {
                byte[] bytes = body.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw new StepFailedException(
                            new Failure(FailureKind.TOO_LARGE, "more than " + MOST_BYTES + " bytes"));
                }
                return bytes;
            }
        } finally {
            connection.disconnect();
        }
    }

    private Failure failure(IOException thrown) {
        return thrown instanceof SocketTimeoutException
                ? new Failure(FailureKind.TIMED_OUT, "no answer in " + timeout.toMillis() + " ms")
                : new Failure(FailureKind.RESET, Refusal.of(thrown));
    }
}
