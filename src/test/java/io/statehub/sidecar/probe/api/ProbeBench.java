package io.statehub.sidecar.probe.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.config.ApiSettings;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.ApiObservation;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.time.TimeSource;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import org.assertj.core.api.AbstractStringAssert;

/** A liveness probe at work, and short ways to say what it should report. */
final class ProbeBench implements AutoCloseable {

    /** One for all tests, as in the product; threads of its own per test would cost more than they isolate. */
    static final Vertx VERTX = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

    private final ApiProbe probe;

    ProbeBench(ApiSettings settings) {
        this(ApiCheck.LIVENESS, settings);
    }

    ProbeBench(ApiCheck check, ApiSettings settings) {
        probe = new ApiProbe(check, settings, VERTX);
    }

    ApiObservation observe() {
        return observe(ApiSettingsFake.GENEROUS);
    }

    ApiObservation observe(Duration allowed) {
        return probe.observe(Deadline.in(allowed, TimeSource.system()));
    }

    void assertAnswers(int status) {
        assertThat(observe())
                .isInstanceOfSatisfying(
                        ApiObservation.Answered.class,
                        answer -> assertThat(answer.status()).isEqualTo(status));
    }

    /** Observes once more and returns the detail of the failure, for closer looks. */
    AbstractStringAssert<?> assertFails(FailureKind kind) {
        return assertFailed(observe(), kind);
    }

    static AbstractStringAssert<?> assertFailed(ApiObservation observation, FailureKind kind) {
        assertThat(observation.failure()).as("%s", observation).isPresent();
        assertThat(observation.failure().orElseThrow().kind())
                .as("%s", observation)
                .isEqualTo(kind);
        return assertThat(observation.failure().orElseThrow().detail());
    }

    @Override
    public void close() {
        probe.close();
    }
}
