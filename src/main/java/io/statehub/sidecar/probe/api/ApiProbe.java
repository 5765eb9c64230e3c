package io.statehub.sidecar.probe.api;

import static java.util.Objects.requireNonNullElse;

import io.statehub.sidecar.config.ApiSettings;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.ApiObservation;
import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.probe.api.ExchangeProgress.Phase;
import io.statehub.sidecar.time.Moment;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks one page of the API over one connection that is kept alive. Blocks, so it must not run on an event loop. */
public final class ApiProbe implements Probe {

    /** Of a body, whatever the settings allow: the body is held in one array. */
    private static final long ARRAY_LIMIT = 1L << 30;

    private final ApiCheck check;
    private final Duration timeout;
    private final ApiTarget target;
    private final Optional<Path> tokenFile;
    private final AnswerRules rules;
    private final FaultClassifier faults;
    private final TrustedClient clients;
    private final NameLookup names;
    private final Context context;

    /**
     * Opens nothing yet.
     *
     * @param check which of the two pages to ask for
     * @throws IllegalStateException if called on a Vert.x worker context, where answers would queue behind the wait for
     *     them
     */
    public ApiProbe(ApiCheck check, ApiSettings settings, Vertx vertx) {
        this.check = check;
        this.timeout = switch (check) {
            case LIVENESS -> settings.livenessTimeout();
            case READINESS -> settings.readinessTimeout();
        };
        this.target = ApiTarget.of(
                settings.url(),
                switch (check) {
                    case LIVENESS -> settings.livenessPath();
                    case READINESS -> settings.readinessPath();
                });
        this.tokenFile = settings.tokenFile();
        int maxBodyBytes = (int) Math.min(settings.maxBodyBytes(), ARRAY_LIMIT);
        this.rules = new AnswerRules(
                target.page(), settings.expectedStatus(), settings.expectedBody(), maxBodyBytes, new JsonSyntax());
        // A step must not outlive the whole, or its connection would still hold the pool's one slot in the next round.
        Duration connect = shorter(settings.connectTimeout(), timeout);
        Duration tls = shorter(settings.tlsTimeout(), timeout);
        String trust = settings.caFile().map(Path::toString).orElse("the Java runtime");
        this.faults = new FaultClassifier(target, connect, tls, trust);
        this.clients = new TrustedClient(vertx, connect, tls, settings.caFile().map(CaFile::new));
        this.names = new NameLookup(target.host());
        this.context = vertx.getOrCreateContext();
        if (!context.isEventLoopContext()) {
            throw new IllegalStateException("made on a Vert.x worker context");
        }
    }

    @Override
    public TargetId target() {
        return check.target();
    }

    @Override
    public ApiObservation observe(Deadline deadline) {
        AnswerResult verdict = ask(deadline);
        Moment at = deadline.now();
        Duration took = at.since(deadline.begun());
        return verdict instanceof AnswerResult.Accepted accepted
                ? new ApiObservation.Answered(check, at, took, accepted.status())
                : new ApiObservation.Failed(check, at, took, ((AnswerResult.Rejected) verdict).fault());
    }

    @Override
    public ApiObservation unanswered(Moment at, Duration waited, FailureKind kind) {
        String why = kind == FailureKind.SKIPPED ? "not asked, the previous request is still out" : "not back";
        String detail =
                "%s: %s after %d ms, allowed %d".formatted(target.page(), why, waited.toMillis(), timeout.toMillis());
        return new ApiObservation.Failed(check, at, waited, new Failure(kind, detail));
    }

    @Override
    public void close() {
        clients.close();
    }

    private AnswerResult ask(Deadline deadline) {
        Optional<BearerToken> token = Optional.empty();
        try {
            if (tokenFile.isPresent()) {
                token = Optional.of(BearerToken.read(tokenFile.get()));
            }
        } catch (IOException e) {
            return AnswerResult.rejected(FailureKind.CREDENTIAL_UNREADABLE, "bearer token: " + e.getMessage());
        }
        HttpClient client;
        try {
            client = clients.current();
        } catch (IOException e) {
            return AnswerResult.rejected(FailureKind.CREDENTIAL_UNREADABLE, "trusted certificates: " + e.getMessage());
        }
        Duration left = shorter(timeout.minus(deadline.elapsed()), deadline.remaining());
        if (left.isNegative() || left.isZero()) {
            return new AnswerResult.Rejected(late(ExchangeProgress.before(Phase.LOOKUP), deadline));
        }
        return await(new ApiExchange(context, client, target.request(token), rules), left, token, deadline);
    }

    private AnswerResult await(ApiExchange exchange, Duration left, Optional<BearerToken> token, Deadline deadline) {
        try {
            return rules.judge(exchange.start(names).get(left.toNanos(), TimeUnit.NANOSECONDS), token);
        } catch (ExecutionException e) {
            Throwable cause = requireNonNullElse(e.getCause(), e);
            ExchangeProgress progress = exchange.progress();
            // Where too many wait, those before it have been given up and still have no connection.
            Failure fault = cause instanceof ConnectionPoolTooBusyException
                    ? late(progress, deadline)
                    : faults.classify(cause, progress, deadline.elapsed(), token);
            return stopped(progress, token, fault);
        } catch (TimeoutException e) {
            exchange.abandon();
        } catch (InterruptedException e) {
            exchange.abandon();
            Thread.currentThread().interrupt();
        }
        ExchangeProgress progress = exchange.progress();
        return stopped(progress, token, late(progress, deadline));
    }

    private Failure late(ExchangeProgress progress, Deadline deadline) {
        return faults.late(progress, deadline.elapsed(), shorter(timeout, deadline.allowed()));
    }

    /** A status that doesn't count tells more than that the rest of its answer never came. */
    private AnswerResult stopped(ExchangeProgress progress, Optional<BearerToken> token, Failure fault) {
        return progress.head()
                .filter(head -> !rules.acceptsStatus(head))
                .map(head -> rules.judgeStatus(head, Buffer.buffer(), token))
                .orElseGet(() -> new AnswerResult.Rejected(fault));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
