package io.statehub.sidecar.drill.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDigestTest {

    @Test
    void sumsWrapAroundAndDoNotDependOnOrder() {
        ContentDigest one = new ContentDigest(Long.MAX_VALUE, -1);
        ContentDigest other = new ContentDigest(5, 1);

        assertThat(one.plus(other)).isEqualTo(other.plus(one)).isEqualTo(new ContentDigest(Long.MIN_VALUE + 4, 0));
    }

    @Test
    void theSameRowTwiceIsNotTheSameAsNone() {
        ContentDigest row = new ContentDigest(3, 4);

        assertThat(row.plus(row)).isNotEqualTo(ContentDigest.NONE).isNotEqualTo(row);
    }

    @Test
    void itsTextIsReadBack() {
        ContentDigest digest = new ContentDigest(-2, 7);

        assertThat(digest).hasToString("fffffffffffffffe0000000000000007");
        assertThat(ContentDigest.parse(digest.toString())).isEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "fffffffffffffffe00000000000000070", "FFFFFFFFFFFFFFFE0000000000000007"})
    void anyOtherTextIsRefused(String text) {
        assertThatThrownBy(() -> ContentDigest.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
