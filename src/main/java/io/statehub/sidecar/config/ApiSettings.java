package io.statehub.sidecar.config;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The API that is watched. */
public interface ApiSettings {

    /** Where the API listens: scheme, host and port. */
    @WithDefault("http://localhost:8000")
    @WithConverter(Converters.HttpUrl.class)
    URI url();

    /** Path that answers while the API's process works at all; asked every {@code statehub.probe.interval}. */
    @WithDefault("/state/health")
    @WithConverter(Converters.UrlPath.class)
    String livenessPath();

    /** Path that answers while the API can do its work; asked every {@code readiness-interval}. */
    @WithDefault("/state/summary")
    @WithConverter(Converters.UrlPath.class)
    String readinessPath();

    /** Time between two requests to the readiness path. */
    @WithDefault("5s")
    @WithConverter(Converters.PositiveDuration.class)
    Duration readinessInterval();

    /** Time to make a TCP connection. */
    @WithDefault("500ms")
    @WithConverter(Converters.PositiveDuration.class)
    Duration connectTimeout();

    /** Time to agree on TLS. */
    @WithDefault("500ms")
    @WithConverter(Converters.PositiveDuration.class)
    Duration tlsTimeout();

    /** Time for the whole answer of the liveness path, connection included; no longer than the interval. */
    @WithDefault("900ms")
    @WithConverter(Converters.PositiveDuration.class)
    Duration livenessTimeout();

    /** Time for the whole answer of the readiness path, connection included. */
    @WithDefault("3s")
    @WithConverter(Converters.PositiveDuration.class)
    Duration readinessTimeout();

    /** HTTP statuses that count as an answer. */
    @WithDefault("200")
    @WithConverter(Converters.HttpStatus.class)
    Set<Integer> expectedStatus();

    /** Text that a body must contain to count as an answer. */
    @WithConverter(Converters.Text.class)
    Optional<String> expectedBody();

    /** Bytes of a body that are read; a longer one is a failure. */
    @WithDefault("1M")
    @WithConverter(Converters.ByteSize.class)
    Long maxBodyBytes();

    /**
     * PEM file with the certificates to trust for https; if not set, the authorities of the Java that runs or built it.
     */
    @WithConverter(Converters.FilePath.class)
    Optional<Path> caFile();

    /** File with a bearer token, read again for each request. */
    @WithConverter(Converters.FilePath.class)
    Optional<Path> tokenFile();
}
