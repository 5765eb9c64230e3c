package io.statehub.sidecar.observation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n", "\r\n", "\t", " \n  ", "\u000B", "\u0085", "\u2028", "\u2029", "\u001B", "\0", "\u202E", "\u2066",
                "\u200B", "\uFEFF", "\u0600", "\uE000", "\uD800"
            })
    void detailIsOneLineWhateverTheTargetWrites(String between) {
        // when
        Failure failure = new Failure(FailureKind.REFUSED, between + "not" + between + "now" + between);

        // then
        assertThat(failure.detail()).isEqualTo("not now");
    }

    @Test
    void detailOfExactlyTheBoundIsKept() {
        String detail = "x".repeat(Failure.MAX_DETAIL);
        assertThat(new Failure(FailureKind.REFUSED, detail).detail()).isEqualTo(detail);
    }

    @Test
    void longerDetailIsCutAndShowsIt() {
        String detail = "x".repeat(Failure.MAX_DETAIL + 1);
        assertThat(new Failure(FailureKind.REFUSED, detail).detail())
                .hasSize(Failure.MAX_DETAIL)
                .endsWith("x…");
    }

    @Test
    void cutNeverLeavesHalfACharacter() {
        // given a character of two units on the cut
        String detail = "x".repeat(Failure.MAX_DETAIL - 2) + "🐘🐘";

        // then
        assertThat(new Failure(FailureKind.REFUSED, detail).detail())
                .isEqualTo("x".repeat(Failure.MAX_DETAIL - 2) + "…");
    }
}
