package io.statehub.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://rw.example:5432/state",
                "jdbc:postgresql://rw/state",
                "jdbc:postgresql://[::1]:5432/state",
                "jdbc:postgresql://h1:5432,h2:5433/state_hub"
            })
    void aUrlIsReadAndWrittenAlike(String url) {
        PostgresUrl read = PostgresUrl.of(url);

        assertThat(url.replace("rw/", "rw:5432/"))
                .isEqualTo("jdbc:postgresql://" + read.hosts() + "/" + read.database());
    }

    @Test
    void hostsAndDatabaseAreToldApart() {
        assertThat(PostgresUrl.of("jdbc:postgresql://h1:5432,h2:5433/state"))
                .isEqualTo(new PostgresUrl(List.of(new HostAndPort("h1", 5432), new HostAndPort("h2", 5433)), "state"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "jdbc:postgresql://host",
                "jdbc:postgresql://host/",
                "jdbc:postgresql:///state",
                "jdbc:postgresql:state",
                "postgresql://host/state",
                "jdbc:mysql://host/state",
                "jdbc:postgresql://host/state?sslmode=require",
                "jdbc:postgresql://user:secret@host/state",
                "jdbc:postgresql://host/state/more",
                "jdbc:postgresql://host/state%3Fsslmode=disable",
                "jdbc:postgresql://host/state&sslmode=disable",
                "jdbc:postgresql://host/state;x",
                "jdbc:postgresql://ho st/state",
                "jdbc:postgresql://host:99999/state",
                "jdbc:postgresql://host:0/state",
                "jdbc:postgresql://host:port/state",
                "jdbc:postgresql://h1:5432,/state",
                "jdbc:postgresql://h1,,h2/state",
                "jdbc:postgresql://::1/state"
            })
    void aUrlOfAnotherFormIsRejected(String url) {
        assertThatThrownBy(() -> PostgresUrl.of(url)).isInstanceOf(IllegalArgumentException.class);
    }
}
