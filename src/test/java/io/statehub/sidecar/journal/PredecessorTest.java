package io.statehub.sidecar.journal;

import static io.statehub.sidecar.testing.Members.OTHER;
import static io.statehub.sidecar.testing.Members.PRIMARY;
import static io.statehub.sidecar.testing.Members.STANDBY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.statehub.sidecar.failover.Chronicle;
import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.journal.codec.FailoverLines;
import io.statehub.sidecar.journal.file.LineKind;
import io.statehub.sidecar.json.JsonLibrary;
import io.statehub.sidecar.testing.Observed;
import io.statehub.sidecar.time.Moment;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PredecessorTest {

    private final FailoverLines lines = new FailoverLines(Optional.of("boot-1"));

    private Predecessor predecessor(Moment now) {
        return new Predecessor(lines, Incidents.begin(now), now);
    }

    private static JsonObject json(byte[] line) {
        return JsonLibrary.object(new String(line, UTF_8));
    }

    private JsonObject checkpoint(Chronicle chronicle) {
        return json(lines.checkpoint(chronicle.tracking(), chronicle.now(), Long.MAX_VALUE));
    }

    private JsonObject incident(String id, Incident like) {
        return json(
                new String(lines.incident(like), UTF_8).replace(like.id(), id).getBytes(UTF_8));
    }

    @Test
    void incidentThatEndedAfterTheLastCheckpointIsNotOpenAnyMore() {
        Chronicle chronicle = Incidents.inTrouble();
        JsonObject checkpoint = checkpoint(chronicle);
        chronicle.look(PRIMARY, STANDBY, OTHER).beat(Observed.acked(PRIMARY, 4));
        Predecessor predecessor = predecessor(chronicle.now());
        predecessor.take(LineKind.CHECKPOINT, checkpoint);
        predecessor.take(LineKind.INCIDENT, json(lines.incident(chronicle.incident())));

        Tracking tracking = predecessor.tracking();

        assertThat(tracking.state().incident()).isEmpty();
        assertThat(tracking.history()).containsExactly(chronicle.incident());
    }

    @Test
    void ofTwoLinesOfOneIncidentTheNewerCounts() {
        Chronicle chronicle = Incidents.overWithLoss();
        Incident ended = chronicle.incident();
        Predecessor predecessor = predecessor(chronicle.now());
        predecessor.take(LineKind.INCIDENT, json(lines.incident(ended)));
        JsonObject older = json(new String(lines.incident(ended), UTF_8)
                .replace("\"redundancyBefore\":2", "\"redundancyBefore\":1")
                .getBytes(UTF_8));
        predecessor.take(LineKind.INCIDENT, older);

        assertThat(predecessor.tracking().history()).containsExactly(ended);
    }

    @Test
    void aHundredIncidentsAndOneCheckpointAreEnough() {
        Chronicle chronicle = Incidents.overWithLoss();
        Predecessor predecessor = predecessor(chronicle.now());
        for (int i = 0; i < Tracking.MOST_INCIDENTS; i++) {
            assertThat(predecessor.wants(LineKind.INCIDENT)).isTrue();
            predecessor.take(LineKind.INCIDENT, incident("incident-" + i, chronicle.incident()));
        }
        assertThat(predecessor.wants(LineKind.INCIDENT)).isFalse();
        assertThat(predecessor.wants(LineKind.CHECKPOINT)).isTrue();
        predecessor.take(LineKind.CHECKPOINT, checkpoint(chronicle));
        assertThat(predecessor.wants(LineKind.CHECKPOINT)).isFalse();
        assertThat(predecessor.wants(LineKind.EVENT)).isFalse();
        assertThat(Incidents.ids(predecessor.tracking())).startsWith("incident-0", "incident-1");
    }
}
