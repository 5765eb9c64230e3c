package io.statehub.sidecar.probe.api;

import io.statehub.sidecar.config.ApiSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Settings with generous times, so that only the test that shortens one can run into it. */
record ApiSettingsFake(
        URI url,
        Duration connectTimeout,
        Duration tlsTimeout,
        Duration livenessTimeout,
        Set<Integer> expectedStatus,
        Optional<String> expectedBody,
        Long maxBodyBytes,
        Optional<Path> caFile,
        Optional<Path> tokenFile)
        implements ApiSettings {

    static final Duration GENEROUS = Duration.ofSeconds(20);
    private static final long MAX_BODY = 1024 * 1024;

    static ApiSettingsFake of(URI url) {
        return new ApiSettingsFake(
                url,
                GENEROUS,
                GENEROUS,
                GENEROUS,
                Set.of(200),
                Optional.empty(),
                MAX_BODY,
                Optional.empty(),
                Optional.empty());
    }

    ApiSettingsFake withConnectTimeout(Duration value) {
        return new ApiSettingsFake(
                url, value, tlsTimeout, livenessTimeout, expectedStatus, expectedBody, maxBodyBytes, caFile, tokenFile);
    }

    ApiSettingsFake withTlsTimeout(Duration value) {
        return new ApiSettingsFake(
                url,
                connectTimeout,
                value,
                livenessTimeout,
                expectedStatus,
                expectedBody,
                maxBodyBytes,
                caFile,
                tokenFile);
    }

    ApiSettingsFake withLivenessTimeout(Duration value) {
        return new ApiSettingsFake(
                url, connectTimeout, tlsTimeout, value, expectedStatus, expectedBody, maxBodyBytes, caFile, tokenFile);
    }

    ApiSettingsFake withExpectedStatus(Integer... values) {
        return new ApiSettingsFake(
                url,
                connectTimeout,
                tlsTimeout,
                livenessTimeout,
                Set.of(values),
                expectedBody,
                maxBodyBytes,
                caFile,
                tokenFile);
    }

    ApiSettingsFake withExpectedBody(String value) {
        return new ApiSettingsFake(
                url,
                connectTimeout,
                tlsTimeout,
                livenessTimeout,
                expectedStatus,
                Optional.of(value),
                maxBodyBytes,
                caFile,
                tokenFile);
    }

    ApiSettingsFake withMaxBodyBytes(long value) {
        return new ApiSettingsFake(
                url,
                connectTimeout,
                tlsTimeout,
                livenessTimeout,
                expectedStatus,
                expectedBody,
                value,
                caFile,
                tokenFile);
    }

    ApiSettingsFake withCaFile(Path value) {
        return new ApiSettingsFake(
                url,
                connectTimeout,
                tlsTimeout,
                livenessTimeout,
                expectedStatus,
                expectedBody,
                maxBodyBytes,
                Optional.of(value),
                tokenFile);
    }

    ApiSettingsFake withTokenFile(Path value) {
        return new ApiSettingsFake(
                url,
                connectTimeout,
                tlsTimeout,
                livenessTimeout,
                expectedStatus,
                expectedBody,
                maxBodyBytes,
                caFile,
                Optional.of(value));
    }

    @Override
    public String livenessPath() {
        return "/state/health?key=hidden";
    }

    @Override
    public String readinessPath() {
        return "/state/summary";
    }

    @Override
    public Duration readinessInterval() {
        return GENEROUS;
    }

    @Override
    public Duration readinessTimeout() {
        return GENEROUS;
    }
}
