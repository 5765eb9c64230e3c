package io.statehub.sidecar.agent;

import static io.statehub.sidecar.testing.Observed.acked;
import static io.statehub.sidecar.testing.Observed.primary;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.Leadership;
import io.statehub.sidecar.observation.Leadership.Role;
import io.statehub.sidecar.observation.Observation;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.probe.Deadline;
import io.statehub.sidecar.testing.ManualClock;
import io.statehub.sidecar.testing.ScriptedProbe;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WhileActingTest {

    private final ManualClock clock = new ManualClock();
    private final ScriptedProbe heartbeat = new ScriptedProbe(TargetId.Part.HEARTBEAT, acked(primary("pg-1"), 1));
    private Leadership leadership = Leadership.alone();
    private final WhileActing probe = new WhileActing(heartbeat, () -> leadership);

    private Observation observe() {
        return probe.observe(Deadline.in(Duration.ofSeconds(1), clock));
    }

    private static Leadership as(Role role, Optional<String> holder) {
        return new Leadership(role, holder, Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(names = {"LEADS", "ALONE"})
    void whoeverActsForAllWritesHeartbeats(Role role) {
        leadership = as(role, Optional.empty());

        assertThat(observe()).isInstanceOf(HeartbeatObservation.Acked.class);
        assertThat(heartbeat.asked()).isEqualTo(1);
    }

    @Test
    void whoeverStandsByWritesNothingAndSaysWhoLeads() {
        leadership = as(Role.STANDS_BY, Optional.of("state-hub-1"));

        assertThat(observe().failure()).contains(new Failure(FailureKind.STANDING_BY, "state-hub-1 leads"));
        assertThat(heartbeat.asked()).isZero();
    }

    @Test
    void whoeverStandsByWithoutALeaderWritesNothingEither() {
        leadership = as(Role.STANDS_BY, Optional.empty());

        assertThat(observe().failure()).contains(new Failure(FailureKind.STANDING_BY, "nobody is known to lead"));
        assertThat(heartbeat.asked()).isZero();
    }

    @Test
    void whichPartItHasIsAskedEachTime() {
        leadership = as(Role.STANDS_BY, Optional.of("state-hub-1"));
        observe();
        leadership = as(Role.LEADS, Optional.of("state-hub-0"));

        assertThat(observe()).isInstanceOf(HeartbeatObservation.Acked.class);
    }

    @Test
    void allElseIsLeftToTheHeartbeat() {
        Duration waited = Duration.ofMillis(900);

        assertThat(probe.target()).isEqualTo(TargetId.Part.HEARTBEAT);
        assertThat(probe.unanswered(clock.now(), waited, FailureKind.TIMED_OUT))
                .isEqualTo(heartbeat.unanswered(clock.now(), waited, FailureKind.TIMED_OUT));
        probe.close();
        assertThat(heartbeat.closed()).isTrue();
    }
}
