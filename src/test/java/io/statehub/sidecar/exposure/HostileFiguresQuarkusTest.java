package io.statehub.sidecar.exposure;

import static io.restassured.RestAssured.given;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.statehub.sidecar.exposure.metrics.Exposition;
import io.statehub.sidecar.exposure.metrics.Metric;
import io.statehub.sidecar.json.JsonLibrary;
import io.statehub.sidecar.snapshot.Stage;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whatever is observed, each figure that is exported is one that there can be, or absent and counted; and nothing is
 * refused for it. The seed is printed; {@code -Dhostile.seed} and {@code -Dhostile.rounds} try more.
 */
@QuarkusTest
@TestProfile(StagedProfile.class)
class HostileFiguresQuarkusTest {

    private static final Map<String, Metric> CATALOGUE =
            Arrays.stream(Metric.values()).collect(toMap(Metric::metricName, identity()));

    /** What a duration is measured in milliseconds at most: a hundred years. */
    private static final BigDecimal MOST_MILLIS =
            BigDecimal.valueOf(Duration.ofDays(100 * 366).toMillis());

    private static final Pattern NO_FIGURE =
            Pattern.compile("NaN|Infinity|(?<![\\w.:/-])-\\d[\\d.]*( [KMGTPE]?i?B| m?s\\b)");

    private final long seed = Long.getLong("hostile.seed", 1);
    private final int rounds = Integer.getInteger("hostile.rounds", 80);

    @Inject
    Stage stage;

    @Test
    void noFigureThatThereCannotBeIsExported() {
        System.out.println("hostile.seed=" + seed + " hostile.rounds=" + rounds);
        Random random = new Random(seed);
        double before = counted(given().accept("text/plain").get("/metrics").asString());
        for (int i = 0; i < rounds; i++) {
            stage.pass(Duration.ofMillis(500));
            stage.observe(new HostileRound(random, stage.now()).observations());
            String what = "round " + i + " of hostile.seed=" + seed;
            metrics(answer("/metrics", what), what);
            json(answer("/status", what), what);
            json(answer("/failovers", what), what);
            assertThat(NO_FIGURE.matcher(answer("/", what)).results().map(found -> found.group()))
                    .as("on the page in %s", what)
                    .isEmpty();
        }
        assertThat(counted(answer("/metrics", "the end"))).isGreaterThan(before);
    }

    private static String answer(String path, String what) {
        var answer =
                given().accept(path.equals("/metrics") ? "text/plain" : "*/*").get(path);
        assertThat(answer.statusCode()).as("%s in %s", path, what).isEqualTo(200);
        return answer.asString();
    }

    private static double counted(String metrics) {
        return Exposition.parse(metrics).samples().stream()
                .filter(sample -> sample.name().equals(Metric.FIGURES_OUT_OF_RANGE.metricName()))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static void metrics(String scraped, String what) {
        Exposition metrics = Exposition.parse(scraped);
        for (Exposition.Sample sample : metrics.samples()) {
            Metric metric = CATALOGUE.get(sample.name());
            if (metric != null) {
                assertThat(metric.unit().allows(sample.value()))
                        .as("%s in %s", sample, what)
                        .isTrue();
                metric.lower().ifPresent(lower -> ordered(metrics, lower, sample, what));
            }
        }
    }

    private static void ordered(Exposition metrics, Metric lower, Exposition.Sample upper, String what) {
        assertThat(metrics.samples())
                .as("the lower bound of %s in %s", upper, what)
                .filteredOn(sample -> sample.name().equals(lower.metricName())
                        && sample.labels().equals(upper.labels()))
                .allSatisfy(sample -> assertThat(sample.value()).isLessThanOrEqualTo(upper.value()));
    }

    private static void json(String answer, String what) {
        figures("", JsonLibrary.object(answer), what);
    }

    private static void figures(String path, JsonValue value, String what) {
        if (value instanceof JsonObject object) {
            object.forEach((name, field) -> figures(path + "." + name, field, what));
            object.keySet().forEach(name -> ordered(object, name, path + " in " + what));
        } else if (value instanceof JsonArray array) {
            array.forEach(element -> figures(path + "[]", element, what));
        } else if (value instanceof JsonNumber number) {
            assertThat(number.bigDecimalValue()).as("%s in %s", path, what).isNotNegative();
            if (path.endsWith("Ms")) {
                assertThat(number.bigDecimalValue()).as("%s in %s", path, what).isLessThanOrEqualTo(MOST_MILLIS);
            }
        }
    }

    /** A field of a name with "AtLeast" or "lower" in it has one with "AtMost" or "upper" beside it. */
    private static void ordered(JsonObject object, String name, String where) {
        String other = name.replace("AtLeast", "AtMost").replace("lower", "upper");
        Optional<JsonNumber> lower = number(object, name);
        Optional<JsonNumber> upper = number(object, other);
        if (!other.equals(name) && lower.isPresent() && upper.isPresent()) {
            assertThat(lower.get().bigDecimalValue())
                    .as("%s of %s", name, where)
                    .isLessThanOrEqualTo(upper.get().bigDecimalValue());
        }
    }

    private static Optional<JsonNumber> number(JsonObject object, String name) {
        return Optional.ofNullable(object.get(name))
                .filter(JsonNumber.class::isInstance)
                .map(JsonNumber.class::cast);
    }
}
