package io.statehub.sidecar.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restassured.path.json.JsonPath;
import io.statehub.sidecar.testing.lab.IndependentClient.Outage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailoverReportTest {

    private static final JsonPath ANSWER = JsonPath.from("""
            {"current": null,
             "failovers": [
              {"id": "f-2", "outcome": "failover",
               "oldPrimary": {"member": "pg-1", "timeline": 1}, "newPrimary": {"member": "pg-3", "timeline": 2},
               "outages": {"write": {"lowerMs": 9000, "upperMs": 9800}}},
              {"id": "f-1", "outcome": "restart",
               "oldPrimary": {"member": "pg-1", "timeline": 1}, "newPrimary": null, "outages": {"write": null}}]}
            """);

    @Test
    void theNewestRecordIsTheFirst() {
        FailoverReport newest = FailoverReport.newest(ANSWER).orElseThrow();
        assertThat(newest.id()).isEqualTo("f-2");
        assertThat(newest.outcome()).isEqualTo("failover");
        assertThat(newest.oldPrimary()).isEqualTo("pg-1");
        assertThat(newest.oldTimeline()).isEqualTo(1);
        assertThat(newest.newPrimary()).isEqualTo("pg-3");
        assertThat(newest.newTimeline()).isEqualTo(2);
        assertThat(newest.writeLower()).isEqualTo(Duration.ofSeconds(9));
        assertThat(newest.writeUpper()).isEqualTo(Duration.ofMillis(9800));
        assertThat(FailoverReport.ids(ANSWER)).containsExactlyInAnyOrder("f-1", "f-2");
    }

    @Test
    void withoutEntriesThereIsNone() {
        assertThat(FailoverReport.newest(JsonPath.from("{\"current\": null, \"failovers\": []}")))
                .isEmpty();
    }

    @Test
    void boundsContainWhatTheClientMeasuredGiveOrTakeItsError() {
        FailoverReport report = FailoverReport.newest(ANSWER).orElseThrow();
        report.assertContains(outage(9400, 20), Duration.ZERO);
        report.assertContains(outage(8990, 20), Duration.ZERO);
        report.assertContains(outage(9810, 20), Duration.ZERO);
        report.assertContains(outage(8900, 20), Duration.ofMillis(100));
        assertThatThrownBy(() -> report.assertContains(outage(8900, 20), Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("lower bound of f-2");
        assertThatThrownBy(() -> report.assertContains(outage(9900, 20), Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("upper bound of f-2");
    }

    private static Outage outage(long measuredMillis, long errorMillis) {
        return new Outage(Duration.ofMillis(measuredMillis), Duration.ofMillis(errorMillis));
    }
}
