package io.statehub.sidecar.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {

    @Test
    void halvesBecomeOnePosition() {
        assertThat(Lsn.parse("16/B374D848")).isEqualTo(new Lsn(0x16_B374_D848L));
        assertThat(Lsn.parse("0/0")).isEqualTo(new Lsn(0));
        assertThat(Lsn.parse("16/b374d848")).isEqualTo(Lsn.parse("16/B374D848"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/0", "16/B374D848", "0/3000000", "FFFFFFFF/FFFFFFFF", "80000000/1"})
    void textOfAnLsnIsTheTextItWasReadFrom(String text) {
        assertThat(Lsn.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "16",
                "16/",
                "/16",
                "16/G",
                "-1/0",
                "0/-1",
                "+1/0",
                "0/+1",
                " 1/0",
                "0/1 ",
                "1/2/3",
                "0x1/0",
                "100000000/0",
                "0/100000000",
                "٣/0",
                "NULL"
            })
    void anythingElseIsNoLsnAndTheMessageQuotesIt(String text) {
        assertThatThrownBy(() -> Lsn.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is not an LSN such as 16/B374D848");
    }

    @Test
    void positionsCompareUnsigned() {
        // given
        Lsn low = Lsn.parse("7FFFFFFF/FFFFFFFF");
        Lsn high = Lsn.parse("80000000/0");

        // then
        assertThat(high).isGreaterThan(low);
        assertThat(high.bytesSince(low)).isEqualTo(1);
        assertThat(low.bytesSince(high)).isEqualTo(-1);
    }

    @Test
    void distanceSpansTheHalves() {
        assertThat(Lsn.parse("1/10").bytesSince(Lsn.parse("0/FFFFFFF0"))).isEqualTo(0x20);
    }
}
