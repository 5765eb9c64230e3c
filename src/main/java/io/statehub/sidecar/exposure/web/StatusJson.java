package io.statehub.sidecar.exposure.web;

import static io.statehub.sidecar.json.JsonLibrary.JSON;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.Readiness;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.assessment.Target;
import io.statehub.sidecar.headline.Consequences;
import io.statehub.sidecar.headline.Headline;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.ApiObservation;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The snapshot as JSON, in a stable order and with stable names (documented in docs/status.md).
 *
 * <p>What is not known is {@code null}, never left out and never 0. Times are UTC, durations milliseconds, sizes bytes.
 * Written field by field: a binder would need every record registered for reflection in a native image.
 */
final class StatusJson {

    private StatusJson() {}

    static String of(AgentSnapshot snapshot, Snapshots snapshots) {
        Duration age = snapshots.age(snapshot);
        boolean stale = snapshots.stale(snapshot);
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            Assessment assessment = snapshot.assessment();
            json.writeStartObject();
            json.write("snapshot", snapshot.number());
            json.write("at", snapshot.at().wallClock().toString());
            json.write("ageMs", age.toMillis());
            json.write("stale", stale);
            json.write("verdict", (stale ? Status.UNKNOWN : assessment.verdict()).name());
            headline(snapshots.headline(snapshot), json);
            statuses(assessment, stale, json);
            readiness(stale ? tooOld(age, snapshots.staleAfter()) : assessment.readiness(), json);
            findings(assessment, json);
            json.writeStartObject("api");
            for (ApiCheck check : ApiCheck.values()) {
                api(check, assessment.targets().api(check), json);
            }
            json.writeEnd();
            writeEndpoint(assessment, json);
            cluster(assessment.cluster(), json);
            TrackingJson.failover(snapshot.tracking(), json);
            TrackingJson.heartbeat(snapshot, snapshots.staleAfter(), json);
            KubernetesJson.write(snapshot, json);
            json.writeEnd();
        }
        return out.toString();
    }

    private static void headline(Headline headline, JsonGenerator json) {
        json.writeStartObject("headline");
        json.write("kind", headline.kind().label());
        json.write("status", headline.kind().status().name());
        json.write("text", headline.text());
        TargetJson.text("since", headline.since().map(since -> since.wallClock().toString()), json);
        json.writeEnd();
    }

    private static void statuses(Assessment assessment, boolean stale, JsonGenerator json) {
        json.writeStartObject("status");
        for (Scope scope : Scope.values()) {
            Optional<Status> judged = Optional.of(scope)
                    .filter(assessment.scopes()::contains)
                    .map(it -> stale ? Status.UNKNOWN : assessment.status(it));
            TargetJson.text(scope.label(), judged.map(Status::name), json);
        }
        json.writeEnd();
    }

    /** As the health endpoints say it of the same snapshot: two answers of one process must not differ. */
    private static Readiness tooOld(Duration age, Duration allowed) {
        String reason = "snapshot is " + age.toMillis() + " ms old; allowed: " + allowed.toMillis() + " ms";
        return new Readiness(false, List.of(reason));
    }

    private static void readiness(Readiness readiness, JsonGenerator json) {
        json.writeStartObject("readiness");
        json.write("ready", readiness.ready());
        json.writeStartArray("reasons");
        readiness.reasons().forEach(json::write);
        json.writeEnd();
        json.writeEnd();
    }

    private static void findings(Assessment assessment, JsonGenerator json) {
        json.writeStartArray("findings");
        for (Finding finding : assessment.findings()) {
            json.writeStartObject();
            json.write("kind", finding.kind().label());
            json.write("title", finding.kind().title());
            json.write("scope", finding.kind().scope().label());
            json.write("impact", finding.kind().impact().name());
            json.write("subject", finding.subject());
            json.write("measured", finding.measured());
            json.write("allowed", finding.allowed());
            json.write("since", finding.since().wallClock().toString());
            json.write("runbook", finding.kind().runbook().orElse(""));
            Optional<Finding> cause = Consequences.rootOf(finding, assessment);
            TargetJson.text("consequenceOf", cause.map(it -> it.kind().label()), json);
            json.writeEnd();
        }
        json.writeEnd();
    }

    private static void api(ApiCheck check, Target target, JsonGenerator json) {
        json.writeStartObject(check.name().toLowerCase(Locale.ROOT));
        TargetJson.write(target, json);
        Optional<Integer> status = target.last()
                .filter(ApiObservation.Answered.class::isInstance)
                .map(last -> ((ApiObservation.Answered) last).status());
        status.ifPresentOrElse(code -> json.write("httpStatus", code), () -> json.writeNull("httpStatus"));
        json.writeEnd();
    }

    private static void writeEndpoint(Assessment assessment, JsonGenerator json) {
        ClusterView cluster = assessment.cluster();
        json.writeStartObject("writeEndpoint");
        TargetJson.write(assessment.targets().writeEndpoint(), json);
        assessment
                .writable()
                .ifPresentOrElse(writable -> json.write("writable", writable), () -> json.writeNull("writable"));
        TargetJson.text("routedTo", cluster.routedTo(), json);
        json.writeEnd();
    }

    private static void cluster(ClusterView cluster, JsonGenerator json) {
        json.writeStartObject("cluster");
        TargetJson.text("systemIdentifier", cluster.systemIdentifier().map(SystemIdentifier::toString), json);
        json.writeStartArray("primaries");
        cluster.primaries().forEach(primary -> json.write(primary.name()));
        json.writeEnd();
        json.writeStartArray("members");
        cluster.members().forEach(member -> MemberJson.write(member, cluster, json));
        json.writeEnd();
        json.writeEnd();
    }
}
