package io.statehub.sidecar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {

    @Test
    void aUrlLeadsWhereAnyResolverCan() {
        assertThat(HostAndPort.of(URI.create("http://stack_api:8000"))).isEqualTo(new HostAndPort("stack_api", 8000));
        assertThat(HostAndPort.of(URI.create("http://api.example."))).isEqualTo(new HostAndPort("api.example.", 80));
        assertThat(HostAndPort.of(URI.create("https://[::1]/"))).isEqualTo(new HostAndPort("[::1]", 443));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user@stack_api:8000", "http://stack_api:99999", "http:///path", "http:opaque"})
    void aUrlWithoutAHostOrWithMoreThanOneIsRejected(String url) {
        assertThatThrownBy(() -> HostAndPort.of(URI.create(url))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"db?x=1", "db/x", "db x", "db&x", "[::1", "", "a,b", "db:5432/x"})
    void aHostThatCouldBeReadAsMoreIsNone(String host) {
        assertThatThrownBy(() -> new HostAndPort(host, 5432)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsAnAddressNeedsNoLookup() {
        assertThat(new HostAndPort("10.0.0.1", 5432).literal()).isTrue();
        assertThat(new HostAndPort("[fd00::1]", 5432).literal()).isTrue();
        assertThat(new HostAndPort("[fd00::1]", 5432).name()).isEqualTo("fd00::1");
        assertThat(new HostAndPort("db-1", 5432).literal()).isFalse();
    }
}
