package io.statehub.sidecar.access;

import io.statehub.sidecar.access.AccessStep.Result;
import io.statehub.sidecar.access.Chain.StepFailedException;
import io.statehub.sidecar.config.ApiSettings;
import io.statehub.sidecar.config.HostAndPort;
import io.statehub.sidecar.config.MemberAddress;
import io.statehub.sidecar.config.PostgresUrl;
import io.statehub.sidecar.config.Settings;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.ApiObservation;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.MemberObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.probe.api.ApiProbe;
import io.statehub.sidecar.probe.postgres.PostgresProbes;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Tries the way to everything that the settings name, as the sidecar and the API would go it. */
public final class AccessCheck {

    private static final String READ_ENDPOINT = "read-endpoint";

    private final Settings settings;
    private final Vertx vertx;
    private final TimeSource time;
    private final Duration timeout;
    private Optional<SystemIdentifier> cluster = Optional.empty();

    /** @param timeout for each step; a page of the API has the time that the settings give it */
    public AccessCheck(Settings settings, Vertx vertx, TimeSource time, Duration timeout) {
        this.settings = settings;
        this.vertx = vertx;
        this.time = time;
        this.timeout = timeout;
    }

    /**
     * Tries everything, one target after the other.
     *
     * @param mcpBase {@code API_BASE}, as an MCP client of the API has it; empty if it is not set
     * @param prometheus where Prometheus is to be asked whether it scrapes us; empty if it isn't to be asked
     * @param told of each step as it ends
     */
    public AccessReport run(Optional<URI> mcpBase, Optional<URI> prometheus, Consumer<AccessStep> told) {
        List<AccessStep> steps = new ArrayList<>();
        Consumer<AccessStep> both = step -> {
            steps.add(step);
            told.accept(step);
        };
        toApi("api", settings.api(), List.of(ApiCheck.LIVENESS, ApiCheck.READINESS))
                .run(time, both);
        PostgresProbes probes = new PostgresProbes(settings.postgres(), timeout, Optional.empty());
        toDatabase("write endpoint", settings.postgres().url(), probes.writeEndpoint(), this::writable)
                .run(time, both);
        Optional<PostgresUrl> readUrl = settings.postgres().readUrl();
        if (readUrl.isPresent()) {
            MemberAddress address =
                    new MemberAddress(READ_ENDPOINT, readUrl.get().addresses().get(0));
            toDatabase("read endpoint", readUrl.get(), probes.member(address), AccessCheck::readable)
                    .run(time, both);
        } else {
            both.accept(skipped("read endpoint", "statehub.postgres.read-url is not set"));
        }
        if (mcpBase.isPresent()) {
            toApi("mcp", new ApiElsewhere(settings.api(), mcpBase.get()), List.of(ApiCheck.LIVENESS))
                    .run(time, both);
        } else {
            both.accept(skipped("mcp", "API_BASE is not set"));
        }
        prometheus.ifPresent(base -> toPrometheus(base).run(time, both));
        return new AccessReport(steps, cluster);
    }

    private static AccessStep skipped(String target, String why) {
        return new AccessStep(target, "all", Result.SKIPPED, Duration.ZERO, why);
    }

    private Chain toPrometheus(URI base) {
        HostAndPort at = HostAndPort.of(base);
        NetworkPath path = new NetworkPath(at.host(), at.port(), timeout);
        PrometheusQuestions questions = new PrometheusQuestions(base, timeout);
        return new Chain("prometheus")
                .then("resolve " + at.host(), path::resolve)
                .then("connect to port " + at.port(), path::connect)
                .then(
                        "scrapes us",
                        () -> questions.scraped(settings.kubernetes().cluster()))
                .then("has our rules", questions::rules);
    }

    private Chain toApi(String target, ApiSettings api, List<ApiCheck> checks) {
        HostAndPort at = HostAndPort.of(api.url());
        boolean tls = "https".equals(api.url().getScheme());
        NetworkPath path = new NetworkPath(at.host(), at.port(), timeout);
        Chain chain = new Chain(target).then("resolve " + at.host(), path::resolve);
        chain.then("connect to port " + at.port(), path::connect);
        if (tls) {
            chain.then("TLS", () -> path.secure(api.caFile()));
        }
        for (ApiCheck check : checks) {
            chain.then(
                    "GET " + pagePath(check, api),
                    () -> answer(
                            new ApiProbe(check, api, vertx),
                            seen -> "HTTP " + ((ApiObservation.Answered) seen).status()));
        }
        return chain;
    }

    /** Without its query: people put keys there. */
    private static String pagePath(ApiCheck check, ApiSettings api) {
        String path = switch (check) {
            case LIVENESS -> api.livenessPath();
            case READINESS -> api.readinessPath();
        };
        return path.replaceAll("\\?.*", "");
    }

    /** Each host of the URL, and then a login as the driver does it. */
    private Chain toDatabase(String target, PostgresUrl url, Probe probe, Judgement judgement) {
        Chain chain = new Chain(target);
        for (HostAndPort address : url.addresses()) {
            NetworkPath path = new NetworkPath(address.host(), address.port(), timeout);
            chain.then("resolve " + address.host(), path::resolve);
            chain.then("connect to port " + address.port(), path::connect);
        }
        String mode = settings.postgres().sslmode().parameter();
        return chain.then("log in to " + url.database() + ", sslmode " + mode, () -> {
            Observation seen = observed(probe);
            return judgement.of(seen);
        });
    }

    @FunctionalInterface
    private interface Judgement {
        String of(Observation seen) throws StepFailedException;
    }

    private String writable(Observation seen) throws StepFailedException {
        WriteEndpointObservation.Answered answered = (WriteEndpointObservation.Answered) seen;
        cluster = Optional.of(answered.identity().systemIdentifier());
        String role = answered.role().name().toLowerCase(Locale.ROOT);
        if (!answered.writable()) {
            throw new StepFailedException("a " + role + " that takes no writes; allowed: a primary that does");
        }
        return "a primary that takes writes";
    }

    private static String readable(Observation seen) {
        return "a "
                + ((MemberObservation.Answered) seen)
                        .state()
                        .memberRole()
                        .name()
                        .toLowerCase(Locale.ROOT);
    }

    private String answer(Probe probe, Function<Observation, String> described) throws StepFailedException {
        return described.apply(observed(probe));
    }

    private Observation observed(Probe probe) throws StepFailedException {
        try (probe) {
            Observation seen = probe.observe(Deadline.in(timeout, time));
            Optional<Failure> failure = seen.failure();
            if (failure.isPresent()) {
                throw new StepFailedException(failure.get());
            }
            return seen;
        }
    }
}
