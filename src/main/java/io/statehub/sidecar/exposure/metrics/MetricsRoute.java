package io.statehub.sidecar.exposure.metrics;

import io.statehub.sidecar.exposure.http.Answers;
import io.statehub.sidecar.exposure.http.Document;
import io.statehub.sidecar.exposure.metrics.MetricsText.Form;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** {@code GET /metrics}: as text, or as OpenMetrics for whoever prefers that. */
@Singleton
class MetricsRoute {

    private static final Pattern WEIGHT = Pattern.compile("q=[01](\\.[0-9]{0,3})?");

    private final Document text;
    private final Document openMetrics;
    private final Answers answers;

    MetricsRoute(MetricsText metrics, Answers answers) {
        this.text = document(Form.TEXT, metrics);
        this.openMetrics = document(Form.OPEN_METRICS, metrics);
        this.answers = answers;
    }

    private static Document document(Form form, MetricsText metrics) {
        return new Document("metrics as " + form, form.contentType(), snapshot -> metrics.of(snapshot, form));
    }

    void register(@Observes Router router) {
        Answers.get("/metrics", router).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        String accept = String.join(",", context.request().headers().getAll("Accept"));
        answers.send(
                switch (preferred(accept)) {
                    case TEXT -> text;
                    case OPEN_METRICS -> openMetrics;
                },
                context);
    }

    /**
     * Text unless OpenMetrics is named and weighs more: the answer to wildcards, to nothing at all and to what is
     * neither, since a scrape without an answer is the worst that there is.
     */
    static Form preferred(String accept) {
        double open = weight("application/openmetrics-text", accept);
        return open > weight("text/plain", accept) ? Form.OPEN_METRICS : Form.TEXT;
    }

    /** As RFC 9110 has it in section 12.4.2: 1 if nothing is said, and what can't be read is nothing. */
    private static double weight(String type, String accept) {
        return Arrays.stream(accept.toLowerCase(Locale.ROOT).split(",", -1))
                .map(range -> range.split(";", -1))
                .filter(range -> range[0].trim().equals(type))
                .mapToDouble(range -> Arrays.stream(range)
                        .map(String::trim)
                        .filter(parameter -> WEIGHT.matcher(parameter).matches())
                        .mapToDouble(parameter -> Double.parseDouble(parameter.substring(2)))
                        .findFirst()
                        .orElse(1))
                .max()
                .orElse(0);
    }
}
