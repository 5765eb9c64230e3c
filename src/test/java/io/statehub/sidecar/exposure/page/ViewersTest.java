package io.statehub.sidecar.exposure.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewersTest {

    private final List<String> happened = new ArrayList<>();
    private final Viewers<String> viewers = new Viewers<>(2, () -> {
        happened.add("begun");
        return () -> happened.add("ended");
    });

    private boolean enter(String viewer) {
        return viewers.enter(viewer, () -> happened.add(viewer + " left"));
    }

    @Test
    void nothingRunsWithoutViewers() {
        assertThat(viewers.now()).isEmpty();
        assertThat(happened).isEmpty();
    }

    @Test
    void whatRunsBeginsWithTheFirstAndEndsWithTheLast() {
        enter("one");
        enter("other");
        assertThat(viewers.now()).containsExactlyInAnyOrder("one", "other");
        assertThat(happened).containsExactly("begun");

        viewers.leave("one");
        assertThat(happened).containsExactly("begun", "one left");

        viewers.leave("other");
        assertThat(happened).containsExactly("begun", "one left", "other left", "ended");
    }

    @Test
    void itBeginsAgainWithTheNextFirstOne() {
        enter("one");
        viewers.leave("one");
        enter("other");

        assertThat(happened).containsExactly("begun", "one left", "ended", "begun");
    }

    @Test
    void whoeverHasLeftLeavesNoSecondTime() {
        enter("one");
        enter("other");

        assertThat(viewers.leave("one")).isTrue();
        assertThat(viewers.leave("one")).isFalse();
        assertThat(happened).containsExactly("begun", "one left");
    }

    @Test
    void nobodyIsLetInBeyondTheMost() {
        enter("one");
        enter("other");

        assertThat(viewers.full()).isTrue();
        assertThat(enter("third")).isFalse();
        assertThat(viewers.leave("third")).isFalse();
        assertThat(viewers.now()).doesNotContain("third");

        viewers.leave("one");
        assertThat(enter("third")).isTrue();
    }
}
