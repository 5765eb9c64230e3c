package io.statehub.sidecar.exposure.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedEncodingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "gzip, deflate, br",
                "deflate,gzip;q=0.5",
                "GZIP",
                "*",
                "gzip ; q=0.001",
                "identity;q=0, *;q=1"
            })
    void gzipIsAskedFor(String header) {
        assertThat(AcceptedEncodings.gzip(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "gzip; q=0.000, *", "x-gzip2", ",,;;", "gzipped"})
    void gzipIsNotAskedFor(String header) {
        assertThat(AcceptedEncodings.gzip(header)).isFalse();
    }

    @Test
    void whoSaysNothingGetsItAsItIs() {
        assertThat(AcceptedEncodings.gzip(null)).isFalse();
    }
}
