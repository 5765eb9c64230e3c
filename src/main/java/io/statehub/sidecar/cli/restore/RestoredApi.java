package io.statehub.sidecar.cli.restore;

import io.statehub.sidecar.access.ApiElsewhere;
import io.statehub.sidecar.config.ApiSettings;
import io.statehub.sidecar.drill.restore.ApiAnswer;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.ApiObservation;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.probe.Probe;
import io.statehub.sidecar.probe.api.ApiProbe;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks an API on a restored database for its two pages, as the sidecar asks the live one. */
final class RestoredApi {

    /** It has just been started, and no one has asked it before. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final ApiSettings settings;
    private final Vertx vertx;
    private final TimeSource time;

    RestoredApi(ApiSettings settings, Vertx vertx, TimeSource time) {
        this.settings = settings;
        this.vertx = vertx;
        this.time = time;
    }

    List<ApiAnswer> ask(URI base) {
        List<ApiAnswer> answers = new ArrayList<>();
        ApiElsewhere elsewhere = new ApiElsewhere(settings, base);
        for (ApiCheck check : ApiCheck.values()) {
            String path = check == ApiCheck.LIVENESS ? elsewhere.livenessPath() : elsewhere.readinessPath();
            try (Probe probe = new ApiProbe(check, elsewhere, vertx)) {
                answers.add(answer(path.replaceAll("\\?.*", ""), probe.observe(Deadline.in(ANSWER, time))));
            }
        }
        return answers;
    }

    private static ApiAnswer answer(String path, Observation seen) {
        return seen.failure()
                .map(failure -> new ApiAnswer(path, false, failure.toString()))
                .orElseGet(() -> new ApiAnswer(path, true, "HTTP " + ((ApiObservation.Answered) seen).status()));
    }
}
