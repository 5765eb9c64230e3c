package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.statehub.sidecar.testing.Program;
import io.statehub.sidecar.testing.browser.Browser;
import io.statehub.sidecar.testing.browser.Browser.Scheme;
import io.statehub.sidecar.testing.lab.PostgresLab;
import io.statehub.sidecar.testing.lab.SharedLab;
import io.statehub.sidecar.testing.lab.StandInApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The status page of the packaged sidecar in a real browser. Its pictures are in {@code target/status-page}. */
@Tag("thorough")
@Timeout(600)
class StatusPageIT {

    private static final Path PICTURES = Path.of("target", "status-page");

    private static final Logger LOG = Logger.getLogger(StatusPageIT.class);

    private static final Map<Integer, Integer> WINDOWS = Map.of(360, 740, 1440, 900);

    private PostgresLab lab;
    private StandInApi api;

    @BeforeEach
    void start() {
        Browser.require();
        lab = SharedLab.asNew();
        api = StandInApi.start(lab.writeUrl());
    }

    @AfterEach
    void stop() {
        if (api != null) {
            api.close();
        }
    }

    private static String url(WatchedSidecar sidecar) {
        return "http://127.0.0.1:" + sidecar.process().port() + "/";
    }

    private static void look(Browser browser, String scene) {
        for (Scheme scheme : Scheme.values()) {
            WINDOWS.forEach((width, height) -> {
                browser.show(scheme, width, height);
                browser.photograph(PICTURES.resolve("%s-%s-%d.png".formatted(scene, scheme.label(), width)));
                assertThat(browser.scrollsSideways())
                        .as("%s at %d", scene, width)
                        .isFalse();
            });
            assertThat(browser.inaccessible())
                    .as("%s, %s", scene, scheme.label())
                    .isEmpty();
        }
    }

    @Test
    void aFailoverIsSeenAndSilenceIsNotHealth() {
        try (WatchedSidecar sidecar = WatchedSidecar.start(lab, api, Map.of());
                Browser browser = Browser.start(true)) {
            sidecar.awaitSteady();
            browser.open(url(sidecar));
            sidecar.until(() -> {
                assertThat(browser.text("verdict")).contains("UP");
                assertThat(browser.text("standing")).contains("stable", "One primary leads.", "takes traffic");
                // A beat may be on its way to the standbys, so that the lag isn't always 0.
                assertThat(browser.text("members"))
                        .contains("pg-1 writes")
                        .containsPattern("↳ pg-2 standby ✓ UP \\d+ B .* streaming, async");
            });
            look(browser, "steady");
            assertThat(browser.focusedInOrder(7))
                    .containsExactly(
                            "status",
                            "failovers",
                            "metrics",
                            "q/health/ready",
                            "q/health/live",
                            "q/health/group/replication",
                            "members");

            lab.primary().server().kill();
            sidecar.until(() -> assertThat(sidecar.failoverState()).isEqualTo("failing_over"));
            seen("a failover", () -> assertThat(browser.text("standing")).contains("failing over"));
            sidecar.until(() -> assertThat(browser.title()).isEqualTo("✕ DOWN – State Hub"));
            String clock = clock(browser);
            sidecar.until(() -> assertThat(clock(browser)).isNotEqualTo(clock));
            look(browser, "failover");

            lab.failover(lab.bestStandby().orElseThrow());
            sidecar.until(() -> assertThat(browser.text("standing")).contains("routed", "Writes out"));
            lab.heal();
            sidecar.until(() -> assertThat(browser.text("history")).contains("failover", "pg-1 →", "Writes out"));
            look(browser, "history");
            assertThat(browser.complaints()).isEmpty();

            Program.run(List.of("kill", "-STOP", Long.toString(sidecar.process().pid())));
            await().atMost(WatchedSidecar.DEADLINE).untilAsserted(() -> {
                assertThat(browser.title()).isEqualTo("? UNKNOWN – State Hub");
                assertThat(browser.text("lost")).contains("no word from the sidecar");
            });
            Program.run(List.of("kill", "-CONT", Long.toString(sidecar.process().pid())));
            await().atMost(WatchedSidecar.DEADLINE)
                    .untilAsserted(() -> assertThat(browser.title()).isNotEqualTo("? UNKNOWN – State Hub"));
        }
    }

    /** How long the page took after the sidecar knew is told and not judged: a loaded machine makes it slow. */
    private static void seen(String what, ThrowingRunnable assertion) {
        long known = System.nanoTime();
        await().pollInterval(Duration.ofMillis(50))
                .atMost(WatchedSidecar.DEADLINE)
                .untilAsserted(assertion);
        LOG.infof("%s was on the page after %d ms", what, (System.nanoTime() - known) / 1_000_000);
    }

    /** The running clock, to the second. */
    private static String clock(Browser browser) {
        return browser.text("standing").lines().findFirst().orElseThrow();
    }

    @Test
    void aSplitBrainIsSeenWithBothPrimaries() {
        try (WatchedSidecar sidecar = WatchedSidecar.start(lab, api, Map.of());
                Browser browser = Browser.start(true)) {
            sidecar.awaitSteady();
            browser.open(url(sidecar));

            lab.promote(lab.member("pg-2"));
            sidecar.awaitFinding("two_primaries", "cluster");
            seen("a split brain", () -> {
                assertThat(browser.text("verdict")).contains("DOWN");
                assertThat(browser.text("findings")).contains("Split brain", "2 members out of recovery");
                assertThat(browser.text("members").lines().filter(line -> line.contains("primary")))
                        .hasSize(2);
            });
            look(browser, "split-brain");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void withoutScriptThePageRefreshesByItself() {
        try (WatchedSidecar sidecar = WatchedSidecar.start(lab, api, Map.of());
                Browser browser = Browser.start(false)) {
            sidecar.awaitSteady();
            browser.open(url(sidecar));
            sidecar.until(() -> assertThat(browser.text("verdict")).contains("UP"));

            lab.primary().server().kill();

            sidecar.until(() -> assertThat(browser.text("verdict")).contains("DOWN"));
        }
    }
}
