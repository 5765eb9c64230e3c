package io.statehub.sidecar.cli.running;

import static io.statehub.sidecar.cli.running.Values.isTrue;
import static io.statehub.sidecar.cli.running.Values.millis;
import static io.statehub.sidecar.cli.running.Values.number;
import static io.statehub.sidecar.cli.running.Values.object;
import static io.statehub.sidecar.cli.running.Values.objects;
import static io.statehub.sidecar.cli.running.Values.text;
import static io.statehub.sidecar.cli.running.Values.texts;
import static io.statehub.sidecar.cli.running.Values.time;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.assessment.NaturalOrder;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** {@code GET /status} as lines for a terminal, in the order in which somebody in trouble asks. */
final class StatusScreen {

    private static final String UNKNOWN = "unknown";
    private static final String NONE = "-";
    private static final Set<String> ANSWERING = Set.of("UP", "DEGRADED");

    private final JsonObject status;
    private final Screen screen;

    private StatusScreen(JsonObject status, Screen screen) {
        this.status = status;
        this.screen = screen;
    }

    /** Writes the whole of it. */
    static void write(JsonObject status, Screen screen) {
        new StatusScreen(status, screen).write();
    }

    /** The worst of all statuses; UNKNOWN if the answer doesn't say. */
    static String verdict(JsonObject status) {
        return text(status, "verdict").orElse("UNKNOWN");
    }

    private void write() {
        screen.text(verdict(status) + "  " + text(status, "headline.text").orElse("") + ".");
        screen.text("seen " + millis(status, "ageMs").map(Figures::seconds).orElse(UNKNOWN) + " ago; "
                + (isTrue(status, "readiness.ready") ? "pod ready" : "pod not ready")
                + reasons(texts(status, "readiness.reasons")));
        screen.text(
                "failover: " + text(status, "failover.state").orElse(UNKNOWN).replace('_', ' ')
                        + text(status, "failover.incident")
                                .map(id -> ", incident " + id)
                                .orElse(""));
        screen.blank();
        scopes();
        screen.blank();
        members();
        findings();
    }

    private static String reasons(List<String> reasons) {
        return reasons.isEmpty() ? "" : ": " + String.join("; ", reasons);
    }

    private void scopes() {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        object(status, "status")
                .ifPresent(scopes -> scopes.keySet()
                        .forEach(scope -> text(scopes, scope).ifPresent(value -> {
                            names.add(scope);
                            values.add(value);
                        })));
        screen.table(List.of(names, values));
    }

    private void members() {
        Optional<String> routed = text(status, "writeEndpoint.routedTo");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("member", "role", "status", "lag", "age of data", "stream", "timeline", "position"));
        objects(status, "cluster.members").stream()
                .sorted(Comparator.comparing((JsonObject member) -> !isPrimary(member))
                        .thenComparing(member -> name(member), NaturalOrder.INSTANCE))
                .forEach(member -> rows.add(member(member, routed)));
        screen.table(rows);
    }

    private List<String> member(JsonObject member, Optional<String> routed) {
        boolean primary = isPrimary(member);
        return List.of(
                (follows(member) ? "+ " : "")
                        + name(member)
                        + (routed.filter(name(member)::equals).isPresent() ? " *" : ""),
                text(member, "role").map(role -> role.toLowerCase(Locale.ROOT)).orElse(UNKNOWN),
                mark(member),
                primary ? NONE : bytes(number(member, "replication.behindPrimaryBytes")),
                primary ? NONE : age(member),
                primary ? NONE : stream(member),
                number(member, "timeline").isPresent()
                        ? Long.toString(number(member, "timeline").getAsLong())
                        : UNKNOWN,
                text(member, "position").orElse(UNKNOWN));
    }

    /** A member that a finding speaks of is not simply up beside it. */
    private String mark(JsonObject member) {
        String health = text(member, "status").orElse("UNKNOWN");
        if (!ANSWERING.contains(health)) {
            return health;
        }
        long primaries = objects(status, "cluster.members").stream()
                .filter(StatusScreen::isPrimary)
                .count();
        if (primaries > 1 && isPrimary(member)) {
            return "one of " + primaries + " primaries";
        }
        return objects(status, "findings").stream()
                .filter(finding ->
                        text(finding, "subject").filter(name(member)::equals).isPresent())
                .filter(finding -> weight(finding) > 0)
                .max(Comparator.comparing(StatusScreen::weight))
                .flatMap(worst -> text(worst, "title"))
                .map(title -> title.toLowerCase(Locale.ROOT))
                .orElse(health);
    }

    private static boolean isPrimary(JsonObject member) {
        return text(member, "role").filter("PRIMARY"::equals).isPresent();
    }

    private static boolean follows(JsonObject member) {
        return text(member, "role").filter("STANDBY"::equals).isPresent();
    }

    private static String name(JsonObject member) {
        return text(member, "name").orElse("?");
    }

    private static String bytes(OptionalLong bytes) {
        return bytes.isPresent() ? Figures.bytes(bytes.getAsLong()) : UNKNOWN;
    }

    private static String age(JsonObject member) {
        Optional<Duration> least = millis(member, "replication.stalenessAtLeastMs");
        Optional<Duration> most = millis(member, "replication.stalenessAtMostMs");
        if (least.isEmpty()) {
            return UNKNOWN;
        }
        return most.map(bound -> least.get().toMillis() / 1000.0 + " to " + Figures.seconds(bound))
                .orElse("at least " + Figures.seconds(least.get()));
    }

    private static String stream(JsonObject member) {
        return text(member, "replication.walReceiver")
                .map(receiver -> receiver
                        + text(member, "upstream.syncState")
                                .map(sync -> ", " + sync)
                                .orElse(""))
                .orElse("none");
    }

    /** Alike findings on many subjects are one row, and what follows from a cause stands under it. */
    private void findings() {
        List<JsonObject> findings = objects(status, "findings");
        if (findings.isEmpty()) {
            return;
        }
        screen.blank();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("impact", "finding", "subject", "for", "measured", "allowed"));
        alike(findings.stream().filter(finding -> causeOf(finding).isEmpty())).forEach((kind, causes) -> {
            rows.add(row("", causes));
            alike(findings.stream()
                            .filter(finding ->
                                    causeOf(finding).filter(kind::equals).isPresent()))
                    .values()
                    .forEach(consequences -> rows.add(row("+ ", consequences)));
        });
        screen.table(rows);
    }

    private static Optional<String> causeOf(JsonObject finding) {
        return text(finding, "consequenceOf");
    }

    /** By kind, the worst first. */
    private static Map<String, List<JsonObject>> alike(Stream<JsonObject> findings) {
        return findings.sorted(Comparator.comparing(StatusScreen::weight)
                        .reversed()
                        .thenComparing(finding -> text(finding, "subject").orElse(""), NaturalOrder.INSTANCE))
                .collect(groupingBy(finding -> text(finding, "kind").orElse("?"), LinkedHashMap::new, toList()));
    }

    private List<String> row(String indent, List<JsonObject> alike) {
        JsonObject first = alike.get(0);
        String more = alike.size() == 1 ? "" : " and " + (alike.size() - 1) + " more";
        return List.of(
                text(first, "impact").orElse("UNKNOWN"),
                indent + text(first, "title").orElse("?"),
                text(first, "subject").orElse("?") + more,
                standing(first),
                text(first, "measured").orElse(NONE),
                text(first, "allowed").orElse(NONE));
    }

    private String standing(JsonObject finding) {
        Optional<Instant> since = time(finding, "since");
        Optional<Instant> at = time(status, "at");
        return since.isPresent() && at.isPresent() ? Figures.clock(Duration.between(since.get(), at.get())) : UNKNOWN;
    }

    private static int weight(JsonObject finding) {
        return List.of("UP", "DEGRADED", "UNKNOWN", "DOWN")
                .indexOf(text(finding, "impact").orElse("UNKNOWN"));
    }
}
