package io.statehub.sidecar.probe.api;

import io.statehub.sidecar.config.ApiSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Settings with generous times, so that only the test that shortens one can run into it. Each method gives a changed
 * copy.
 */
final class ApiSettingsFake implements ApiSettings {

    static final Duration GENEROUS = Duration.ofSeconds(20);
    private static final long MAX_BODY = 1024 * 1024;

    private final URI url;
    private Duration connectTimeout = GENEROUS;
    private Duration tlsTimeout = GENEROUS;
    private Duration livenessTimeout = GENEROUS;
    private Set<Integer> expectedStatus = Set.of(200);
    private Optional<String> expectedBody = Optional.empty();
    private long maxBodyBytes = MAX_BODY;
    private Optional<Path> caFile = Optional.empty();
    private Optional<Path> tokenFile = Optional.empty();

    private ApiSettingsFake(URI url) {
        this.url = url;
    }

    static ApiSettingsFake of(URI url) {
        return new ApiSettingsFake(url);
    }

    private ApiSettingsFake with(Consumer<ApiSettingsFake> change) {
        ApiSettingsFake changed = new ApiSettingsFake(url);
        changed.connectTimeout = connectTimeout;
        changed.tlsTimeout = tlsTimeout;
        changed.livenessTimeout = livenessTimeout;
        changed.expectedStatus = expectedStatus;
        changed.expectedBody = expectedBody;
        changed.maxBodyBytes = maxBodyBytes;
        changed.caFile = caFile;
        changed.tokenFile = tokenFile;
        change.accept(changed);
        return changed;
    }

    ApiSettingsFake withConnectTimeout(Duration value) {
        return with(changed -> changed.connectTimeout = value);
    }

    ApiSettingsFake withTlsTimeout(Duration value) {
        return with(changed -> changed.tlsTimeout = value);
    }

    ApiSettingsFake withLivenessTimeout(Duration value) {
        return with(changed -> changed.livenessTimeout = value);
    }

    ApiSettingsFake withExpectedStatus(Integer... values) {
        return with(changed -> changed.expectedStatus = Set.of(values));
    }

    ApiSettingsFake withExpectedBody(String value) {
        return with(changed -> changed.expectedBody = Optional.of(value));
    }

    ApiSettingsFake withMaxBodyBytes(long value) {
        return with(changed -> changed.maxBodyBytes = value);
    }

    ApiSettingsFake withCaFile(Path value) {
        return with(changed -> changed.caFile = Optional.of(value));
    }

    ApiSettingsFake withTokenFile(Path value) {
        return with(changed -> changed.tokenFile = Optional.of(value));
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public Duration connectTimeout() {
        return connectTimeout;
    }

    @Override
    public Duration tlsTimeout() {
        return tlsTimeout;
    }

    @Override
    public Duration livenessTimeout() {
        return livenessTimeout;
    }

    @Override
    public Set<Integer> expectedStatus() {
        return expectedStatus;
    }

    @Override
    public Optional<String> expectedBody() {
        return expectedBody;
    }

    @Override
    public Long maxBodyBytes() {
        return maxBodyBytes;
    }

    @Override
    public Optional<Path> caFile() {
        return caFile;
    }

    @Override
    public Optional<Path> tokenFile() {
        return tokenFile;
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
