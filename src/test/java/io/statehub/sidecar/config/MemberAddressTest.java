package io.statehub.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberAddressTest {

    @Test
    void nameHostAndPortAreRead() {
        assertThat(MemberAddress.of("pg-1=db-1.example:5433"))
                .isEqualTo(new MemberAddress("pg-1", "db-1.example", 5433));
    }

    @Test
    void withoutAPortItIsThatOfPostgres() {
        assertThat(MemberAddress.of("pg-1=10.0.0.1")).isEqualTo(new MemberAddress("pg-1", "10.0.0.1", 5432));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1]", "[fd00::1:2]", "[::ffff:10.0.0.1]"})
    void anIpv6AddressStandsInBracketsWithAndWithoutAPort(String host) {
        assertThat(MemberAddress.of("pg=" + host)).isEqualTo(new MemberAddress("pg", host, 5432));
        assertThat(MemberAddress.of("pg=" + host + ":6000")).isEqualTo(new MemberAddress("pg", host, 6000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg=h:1", "pg=h:65535"})
    void portsFrom1To65535AreAllowed(String text) {
        assertThat(MemberAddress.of(text).port()).isIn(1, 65_535);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg=h:0", "pg=h:65536", "pg=h:99999"})
    void aPortOutsideOfThatIsRejected(String text) {
        assertThatThrownBy(() -> MemberAddress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port " + text.substring(5) + " is not from 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pg",
                "pg=",
                "=h",
                "h:5432",
                "pg=h:",
                "pg=h:port",
                "pg=h:123456",
                "pg=h:-1",
                "pg=::1",
                "pg=[::1",
                "pg=[::g]",
                "pg=h=x",
                "pg=h x",
                "pg =h",
                "-pg=h",
                "pg-=h",
                "p g=h",
                "pg=h:1:2",
                "pg=h/db",
                "pg=h?ssl=true",
                "pg=user@h"
            })
    void aTextOfAnotherFormIsRejected(String text) {
        assertThatThrownBy(() -> MemberAddress.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNameHasAtMost63CharactersAsAnApplicationNameHas() {
        assertThat(MemberAddress.of("p".repeat(63) + "=h").name()).hasSize(63);
        assertThatThrownBy(() -> MemberAddress.of("p".repeat(64) + "=h")).isInstanceOf(IllegalArgumentException.class);
    }
}
