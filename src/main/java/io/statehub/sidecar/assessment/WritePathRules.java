package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.WriteEndpointObservation;
import java.util.Optional;

/** What can be wrong with the path on which the API writes. */
final class WritePathRules {

    private static final String SUBJECT = WriteEndpointObservation.TARGET;

    private WritePathRules() {}

    static void check(Target endpoint, ClusterView cluster, Findings findings) {
        if (endpoint.status() == Status.DOWN) {
            findings.add(FindingKind.WRITE_ENDPOINT_DOWN, SUBJECT, TargetRules.why(endpoint), "a primary that answers");
        } else if (TargetRules.unseen(endpoint)) {
            findings.add(
                    FindingKind.WRITE_ENDPOINT_UNSEEN,
                    SUBJECT,
                    TargetRules.why(endpoint),
                    "a login that the server accepts");
        }
        Optional<WriteEndpointObservation.Answered> answer = cluster.writeEndpoint();
        Optional<MemberView> led = answer.flatMap(it -> cluster.routedTo()).flatMap(cluster::member);
        Optional<MemberView> primary = cluster.primary();
        if (answer.isPresent()
                && answer.get().writable()
                && led.filter(MemberView::isPrimary).isPresent()
                && !led.equals(primary)) {
            findings.add(
                    FindingKind.WRITE_ENDPOINT_MISROUTED,
                    SUBJECT,
                    "leads to " + led.get().name() + ", which takes writes",
                    "the primary on the highest timeline, "
                            + primary.orElseThrow().name());
        }
        if (answer.isPresent() && !answer.get().writable()) {
            String where =
                    cluster.routedTo().map(name -> "leads to " + name + ", ").orElse("leads to a server that is ");
            String what = answer.get().role().name().toLowerCase(java.util.Locale.ROOT) + " and read-only";
            findings.add(FindingKind.WRITE_ENDPOINT_READ_ONLY, SUBJECT, where + what, "a primary that takes writes");
        }
    }
}
