package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.statehub.sidecar.testing.lab.IndependentClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One failover as {@code GET /failovers} tells it. */
final class FailoverReport {

    /** Twice the interval of the tests' beats: what is longer is seen by one. */
    private static final Duration BETWEEN_TWO_BEATS = Duration.ofSeconds(1);

    private final JsonPath json;
    private final String root;

    private FailoverReport(JsonPath json, String root) {
        this.json = json;
        this.root = root;
    }

    /** The first entry of the answer, which is the newest. */
    static Optional<FailoverReport> newest(JsonPath answer) {
        List<?> entries = answer.getList("failovers");
        return entries.isEmpty() ? Optional.empty() : Optional.of(new FailoverReport(answer, "failovers[0]."));
    }

    /** All that ended and are in the answer, newest first. */
    static List<FailoverReport> all(JsonPath answer) {
        return IntStream.range(0, answer.getList("failovers").size())
                .mapToObj(index -> new FailoverReport(answer, "failovers[" + index + "]."))
                .toList();
    }

    /** The ongoing one. */
    static Optional<FailoverReport> current(JsonPath answer) {
        return answer.get("current") == null ? Optional.empty() : Optional.of(new FailoverReport(answer, "current."));
    }

    static Set<String> ids(JsonPath answer) {
        return answer.<Map<String, Object>>getList("failovers").stream()
                .map(entry -> String.valueOf(entry.get("id")))
                .collect(Collectors.toSet());
    }

    String id() {
        return text("id");
    }

    /** One of {@code blip}, {@code restart}, {@code switchover}, {@code failover}, {@code failed}. */
    String outcome() {
        return text("outcome");
    }

    String oldPrimary() {
        return text("oldPrimary.member");
    }

    String newPrimary() {
        return text("newPrimary.member");
    }

    long oldTimeline() {
        return number("oldPrimary.timeline");
    }

    long newTimeline() {
        return number("newPrimary.timeline");
    }

    /** Acknowledged beats that were lost, if their number is exact. */
    Optional<Long> lostRows() {
        return value("loss.rows") instanceof Number rows ? Optional.of(rows.longValue()) : Optional.empty();
    }

    long ambiguousRows() {
        return number("loss.ambiguousRows");
    }

    String objective(String which) {
        return text("objectives." + which);
    }

    List<String> milestones() {
        return json.getList(root + "milestones.kind");
    }

    /** How long a phase took at most, in milliseconds; empty if it did not come to its end. */
    Optional<Long> phaseUpper(String phase) {
        return value("phases." + phase) != null && value("phases." + phase + ".upperMs") instanceof Number most
                ? Optional.of(most.longValue())
                : Optional.empty();
    }

    /** Whether the service was tried, so that something can be said of it. */
    boolean tried(String service) {
        return value("outages." + service) != null;
    }

    /** How many outages a service had. */
    long outages(String service) {
        return number("outages." + service + ".count");
    }

    Duration writeLower() {
        return Duration.ofMillis(number("outages.write.lowerMs"));
    }

    /** Both bounds in milliseconds, for the log; an outage that no attempt saw has none above. */
    String writeBounds() {
        return value("outages.write.lowerMs") + " to " + value("outages.write.upperMs") + " ms";
    }

    boolean hasWriteUpper() {
        return value("outages.write.upperMs") != null;
    }

    Duration writeUpper() {
        return Duration.ofMillis(number("outages.write.upperMs"));
    }

    /**
     * The client's outage, give or take its own error, and the reported bounds have a duration in common.
     *
     * @param slack what the client's error may be greater by
     */
    void assertContains(IndependentClient.Outage outage, Duration slack) {
        Duration error = outage.error().plus(slack);
        Duration least = outage.measured().minus(error);
        if (Integer.valueOf(0).equals(value("outages.write.count"))) {
            assertThat(least)
                    .as("an outage of %s ± %s that lay between two beats", outage.measured(), outage.error())
                    .isLessThan(BETWEEN_TWO_BEATS);
            return;
        }
        Duration most = outage.measured().plus(error);
        assertThat(writeLower())
                .as("lower bound of %s beside an outage of %s ± %s", id(), outage.measured(), outage.error())
                .isLessThanOrEqualTo(most)
                .isLessThanOrEqualTo(writeUpper());
        assertThat(writeUpper())
                .as("upper bound of %s beside an outage of %s ± %s", id(), outage.measured(), outage.error())
                .isGreaterThanOrEqualTo(least);
    }

    private String text(String path) {
        return String.valueOf(value(path));
    }

    private long number(String path) {
        if (value(path) instanceof Number number) {
            return number.longValue();
        }
        throw new AssertionError("%s is %s in%n%s".formatted(path, value(path), json.prettify()));
    }

    private @Nullable Object value(String path) {
        return json.get(root + path);
    }
}
