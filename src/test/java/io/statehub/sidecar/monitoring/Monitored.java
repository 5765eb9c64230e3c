package io.statehub.sidecar.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.statehub.sidecar.testing.kubernetes.FixtureCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rules and dashboards, made ready for a real Prometheus that watches the lab. */
public final class Monitored {

    private Monitored() {}

    /** By so much alerts, and those who are told of them, are quicker than they are shipped. */
    public static final int PACE = 15;

    private static final Pattern EACH_ALERT = Pattern.compile("(?m)(?=^ +- alert: )");
    private static final Pattern FOR = Pattern.compile("(?m)^( +for: )(\\d+)([smh])$");
    private static final Pattern GROUP_WAIT = Pattern.compile("(?m)^( +group_wait: )(\\d+)([smh])$");

    /**
     * The rules as they are, but that each alert waits for a fifteenth of its time: apart from one that looks back for
     * as long as it waits, for which a short outage would be a long one.
     */
    public static String quickRules() {
        return EACH_ALERT
                .splitAsStream(read(RuleFile.PATH))
                .map(alert -> looksBackForAsLongAsItWaits(alert) ? alert : quick(FOR, alert))
                .collect(Collectors.joining());
    }

    private static boolean looksBackForAsLongAsItWaits(String alert) {
        return FOR.matcher(alert).results().anyMatch(wait -> alert.contains("[" + wait.group(2) + wait.group(3) + "]"));
    }

    private static String quick(Pattern waits, String shipped) {
        return waits.matcher(shipped)
                .replaceAll(wait ->
                        wait.group(1) + quick(wait.group(2), wait.group(3)).toMillis() + "ms");
    }

    private static Duration quick(String number, String unit) {
        return Duration.of(
                        Long.parseLong(number),
                        switch (unit) {
                            case "s" -> ChronoUnit.SECONDS;
                            case "m" -> ChronoUnit.MINUTES;
                            default -> ChronoUnit.HOURS;
                        })
                .dividedBy(PACE);
    }

    /**
     * The route and the inhibitions as they are, but that the first alert of a group waits for a fifteenth of its time
     * for the others, and that pages and warnings arrive at an address.
     */
    public static String quickRoute(String address) {
        String shipped = read(RuleFile.MONITORING.resolve("alertmanager.yml"));
        return quick(GROUP_WAIT, shipped)
                .replaceAll(
                        "(?m)^( +- name: (pages|warnings))$", "$1\n    webhook_configs: [{url: '" + address + "'}]");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
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
            List<String> annotations = dashboard.annotations();
            for (int i = 0; i < annotations.size(); i++) {
                queries.put(dashboard + " / annotation / " + i, filledIn(annotations.get(i)));
            }
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
