package io.statehub.sidecar.exposure.metrics;

import io.statehub.sidecar.exposure.http.Answers;
import io.statehub.sidecar.exposure.http.Document;
import io.statehub.sidecar.exposure.metrics.MetricsText.Form;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code GET /metrics}: as text, or as OpenMetrics for whoever prefers that. */
@Singleton
class MetricsRoute {

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
        answers.send(
                switch (preferred(context.parsedHeaders().accept())) {
                    case TEXT -> text;
                    case OPEN_METRICS -> openMetrics;
                },
                context);
    }

    /**
     * Text unless OpenMetrics is named and weighs more: the answer to wildcards, to nothing at all and to what is neither,
     * since a scrape without an answer is the worst that there is.
     */
    private static Form preferred(List<MIMEHeader> accepted) {
        double open = weight("application", "openmetrics-text", accepted);
        return open > weight("text", "plain", accepted) ? Form.OPEN_METRICS : Form.TEXT;
    }

    private static double weight(String type, String subtype, List<MIMEHeader> accepted) {
        return accepted.stream()
                .filter(range -> type.equalsIgnoreCase(range.component())
                        && subtype.equalsIgnoreCase(range.subComponent()))
                .mapToDouble(MIMEHeader::weight)
                .max()
                .orElse(0);
    }
}
