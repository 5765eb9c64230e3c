package io.statehub.sidecar.probe.api;

import io.statehub.sidecar.config.ApiSettings;
import io.statehub.sidecar.observation.*;
import io.statehub.sidecar.probe.*;
import io.vertx.core.Vertx;
import java.time.Duration;

public final class ApiProbe implements Probe {
    private final ApiCheck check;

    public ApiProbe(ApiSettings s, Vertx v, ApiCheck check) {
        this.check = check;
    }

    @Override
    public String target() {
        return check.target();
    }

    @Override
    public Observation observe(Deadline d) {
        return new ApiObservation.Answered(check, d.now(), d.elapsed(), 200);
    }

    @Override
    public Observation unanswered(Moment at, Duration w, FailureKind k) {
        return new ApiObservation.Failed(check, at, w, new Failure(k, ""));
    }

    @Override
    public void close() {}
}
