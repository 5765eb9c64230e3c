package io.statehub.sidecar.testing.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.testing.lab.IndependentClient.Outage;
import io.statehub.sidecar.testing.lab.OutageRecorder.Attempt;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageRecorderTest {

    private final OutageRecorder recorder = new OutageRecorder();

    @Test
    void successesAloneAreNoOutageHoweverSlow() {
        succeed(0, 1);
        succeed(10, 240);
        succeed(900, 901);
        assertThat(recorder.outages()).isEmpty();
    }

    @Test
    void failuresBeforeTheFirstSuccessAreNotMeasured() {
        fail(0, 1);
        succeed(10, 11);
        assertThat(recorder.outages()).isEmpty();
    }

    @Test
    void outageLastsFromTheLastAcknowledgementToTheNext() {
        succeed(0, 2);
        fail(12, 13);
        fail(23, 273);
        fail(283, 284);
        succeed(294, 299);
        assertThat(recorder.outages()).containsExactly(outage(297, 27));
    }

    @Test
    void singleFailureMayHaveBeenAnOutageOfNoLengthAtAll() {
        succeed(0, 2);
        fail(12, 262);
        succeed(272, 273);
        assertThat(recorder.outages()).containsExactly(outage(271, 271));
    }

    @Test
    void slowSuccessBeforeItMayHaveBeenDoneLongBeforeItsAcknowledgement() {
        succeed(0, 200);
        fail(210, 211);
        fail(1000, 1001);
        succeed(1011, 1012);
        assertThat(recorder.outages()).containsExactly(outage(812, 200));
    }

    @Test
    void eachReturnClosesItsOwnOutage() {
        succeed(0, 1);
        fail(10, 11);
        succeed(20, 21);
        succeed(30, 31);
        fail(40, 41);
        assertThat(recorder.outages()).hasSize(1);
        succeed(50, 51);
        assertThat(recorder.outages()).hasSize(2);
    }

    private void succeed(long beginMillis, long endMillis) {
        recorder.add(new Attempt(nanos(beginMillis), nanos(endMillis), true));
    }

    private void fail(long beginMillis, long endMillis) {
        recorder.add(new Attempt(nanos(beginMillis), nanos(endMillis), false));
    }

    private static Outage outage(long measuredMillis, long errorMillis) {
        return new Outage(Duration.ofMillis(measuredMillis), Duration.ofMillis(errorMillis));
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
