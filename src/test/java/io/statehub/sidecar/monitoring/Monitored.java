package io.statehub.sidecar.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rules and dashboards, made ready for a real Prometheus that watches the lab. */
public final class Monitored {

    private Monitored() {}

    /** The rules as they are, but that no alert waits longer than this. */
    public static String rulesThatWaitFor(String time) {
        try {
            return Files.readString(RuleFile.PATH).replaceAll("(?m)^( +for: ).*$", "$1" + time);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What every panel and every annotation asks, with Grafana's variables filled in, by where it stands. */
    public static Map<String, String> dashboardQueries() {
        Map<String, String> queries = new TreeMap<>();
        for (Dashboard dashboard : Dashboard.all()) {
            for (JsonNode panel : dashboard.panels()) {
                List<String> expressions = Dashboard.expressions(panel);
                for (int i = 0; i < expressions.size(); i++) {
                    String where = dashboard + " / " + panel.path("title").asText() + " / " + i;
                    queries.put(where, filledIn(expressions.get(i)));
                }
            }
            dashboard.annotations().forEach(query -> queries.put(dashboard + " / annotation", filledIn(query)));
        }
        return queries;
    }

    private static String filledIn(String expression) {
        return expression
                .replace("$namespace", FixtureCluster.NAMESPACE)
                .replace("$cluster", FixtureCluster.CLUSTER)
                .replace("$__rate_interval", "10s")
                .replace("$__range", "5m");
    }
}
