package io.statehub.sidecar.access;

import io.statehub.sidecar.config.ApiSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The same API under another address, which may have a path before that of each page. Our token is not shown there. */
public record ApiElsewhere(ApiSettings api, URI base) implements ApiSettings {

    @Override
    public URI url() {
        return URI.create(base.getScheme() + "://" + base.getRawAuthority());
    }

    private String under(String page) {
        return base.getRawPath().replaceAll("/+$", "") + page;
    }

    @Override
    public String livenessPath() {
        return under(api.livenessPath());
    }

    @Override
    public String readinessPath() {
        return under(api.readinessPath());
    }

    @Override
    public Duration readinessInterval() {
        return api.readinessInterval();
    }

    @Override
    public Duration connectTimeout() {
        return api.connectTimeout();
    }

    @Override
    public Duration tlsTimeout() {
        return api.tlsTimeout();
    }

    @Override
    public Duration livenessTimeout() {
        return api.livenessTimeout();
    }

    @Override
    public Duration readinessTimeout() {
        return api.readinessTimeout();
    }

    @Override
    public Set<Integer> expectedStatus() {
        return api.expectedStatus();
    }

    @Override
    public Optional<String> expectedBody() {
        return api.expectedBody();
    }

    @Override
    public Long maxBodyBytes() {
        return api.maxBodyBytes();
    }

    @Override
    public Optional<Path> caFile() {
        return api.caFile();
    }

    @Override
    public Optional<Path> tokenFile() {
        return Optional.empty();
    }
}
