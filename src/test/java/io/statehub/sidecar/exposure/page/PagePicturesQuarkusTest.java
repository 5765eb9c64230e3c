package io.statehub.sidecar.exposure.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.statehub.sidecar.exposure.Scene;
import io.statehub.sidecar.exposure.StagedProfile;
import io.statehub.sidecar.snapshot.Stage;
import io.statehub.sidecar.testing.browser.Browser;
import io.statehub.sidecar.testing.browser.Browser.Scheme;
import jakarta.inject.Inject;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The page in a real browser, in every state in which somebody may meet it. Its pictures are in
 * {@code target/status-page}.
 */
@QuarkusTest
@TestProfile(StagedProfile.class)
class PagePicturesQuarkusTest {

    private static final String README = "status-page.png";
    private static final Path PICTURES = Path.of("target", "status-page");
    private static final int PHONE = 360;
    private static final Map<Integer, Integer> WINDOWS = new TreeMap<>(Map.of(PHONE, 740, 768, 1024, 1440, 900));

    private static @Nullable Browser started;

    @Inject
    Stage stage;

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init") // Quarkus sets it
    URL address;

    private static Browser browser() {
        Browser.require();
        Browser running = started;
        if (running == null) {
            running = Browser.start(true);
            started = running;
        }
        return running;
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
            started = null;
        }
    }

    /** What the scene before left in the last hour is beyond it then. */
    private void play(Consumer<Stage> scene) {
        stage.pass(Duration.ofHours(1));
        scene.accept(stage);
    }

    private static void photograph(String name) {
        for (Scheme scheme : Scheme.values()) {
            WINDOWS.forEach((width, height) -> {
                browser().show(scheme, width, height);
                browser().photograph(PICTURES.resolve("%s-%s-%d.png".formatted(name, scheme.label(), width)));
                assertThat(browser().scrollsSideways())
                        .as("%s at %d", name, width)
                        .isFalse();
                assertThat(width > PHONE && browser().scrollsSideways("members"))
                        .as("the members of %s at %d", name, width)
                        .isFalse();
            });
            assertThat(browser().inaccessible())
                    .as("%s, %s", name, scheme.label())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HEARTBEATS", "FAILOVER_RUNNING", "MANY_MEMBERS"})
    void itIsReadableAtEveryWidthInLightAndDark(Scene scene) {
        readable(scene);
    }

    @Tag("thorough")
    @ParameterizedTest
    @EnumSource(
            names = {
                "SPLIT_BRAIN",
                "API_HANGING",
                "OWN_STARVATION",
                "NOTHING_REACHABLE",
                "STANDBYS_UNKNOWN",
                "FAILOVER_DONE_WITH_LOSS"
            })
    void soItIsInEveryOtherState(Scene scene) {
        readable(scene);
    }

    private void readable(Scene scene) {
        play(scene::play);
        browser().open(address.toString());

        photograph(scene.name().toLowerCase(Locale.ROOT));
    }

    /** The README shows it; {@code -DargLine=-Dgolden.write=true} renews it there. */
    @Test
    void theLastHourOfASteadyClusterShowsItsOwnDataAlone() {
        play(Scene::steadyForTenMinutes);
        browser().show(Scheme.LIGHT, 1440, 900);
        browser().open(address.toString());
        browser().photograph((Boolean.getBoolean("golden.write") ? Path.of("docs") : PICTURES).resolve(README));

        assertThat(browser().text("hour"))
                .contains("600 acknowledged, 0 failed, 0 ambiguous", "Lag of pg-2", "Lag of pg-3")
                .doesNotContain("Lag of pg-1");
    }

    @Test
    void aSteadyClusterFitsOneScreen() {
        play(Scene.HEARTBEATS::play);
        browser().show(Scheme.LIGHT, 1440, 900);
        browser().open(address.toString());

        assertThat(browser().height()).isLessThanOrEqualTo(900);
    }

    @Test
    void anIncidentAndItsPhasesAreOnTheFirstScreenOfAPhone() {
        play(Scene.FAILOVER_RUNNING::play);
        browser().show(Scheme.LIGHT, 360, 740);
        browser().open(address.toString());

        assertThat(browser().bottom("standing")).isLessThanOrEqualTo(740);
    }

    @Test
    void anIncidentHasAPageOfItsOwn() {
        play(Scene.FAILOVER_DONE_WITH_LOSS::play);
        String id = given().get("/failovers").jsonPath().getString("failovers[0].id");
        browser().open(address + "failovers/" + id);

        assertThat(browser().title()).isEqualTo("failover: pg-1 → pg-2 – State Hub");
        photograph("incident");
    }
}
