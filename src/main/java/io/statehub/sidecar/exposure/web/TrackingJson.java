package io.statehub.sidecar.exposure.web;

import io.statehub.sidecar.failover.Incident;
import io.statehub.sidecar.failover.Tally;
import io.statehub.sidecar.failover.Tracking;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import jakarta.json.stream.JsonGenerator;
import java.time.Duration;
import java.util.Optional;

/** What the status says of failovers and heartbeats; the rest is under {@code /failovers}. */
final class TrackingJson {

    private TrackingJson() {}

    static void failover(Tracking tracking, JsonGenerator json) {
        json.writeStartObject("failover");
        json.write("state", tracking.state().label());
        LeaderJson.write("leader", tracking.state().leader(), json);
        TargetJson.text("incident", tracking.state().incident().map(Incident::id), json);
        TargetJson.text("lastChangeOfPrimary", tracking.lastChangeOfPrimary().map(Incident::id), json);
        json.writeEnd();
    }

    /** A beat that is too old says nothing of now; what was counted stays counted. */
    static void heartbeat(AgentSnapshot snapshot, Duration staleAfter, JsonGenerator json) {
        Optional<HeartbeatObservation> last = snapshot.round()
                .heartbeat()
                .filter(beat -> snapshot.at().since(beat.at()).compareTo(staleAfter) <= 0);
        Tally tally = snapshot.tracking().tally();
        json.writeStartObject("heartbeat");
        TargetJson.text("lastOutcome", last.map(TrackingJson::outcome), json);
        TargetJson.failure(last.flatMap(HeartbeatObservation::failure), json);
        json.write("acked", tally.acked());
        json.write("failed", tally.failed());
        json.write("ambiguous", tally.ambiguous());
        json.writeEnd();
    }

    private static String outcome(HeartbeatObservation last) {
        if (last instanceof HeartbeatObservation.Acked) {
            return "acked";
        }
        if (last instanceof HeartbeatObservation.Ambiguous) {
            return "ambiguous";
        }
        boolean another = last.failure()
                .filter(fault -> fault.kind() == FailureKind.STANDING_BY)
                .isPresent();
        return another ? "standing_by" : "failed";
    }
}
