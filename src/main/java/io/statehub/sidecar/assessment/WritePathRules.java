package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.observation.WriteEndpointObservation;
import io.statehub.sidecar.time.Moment;
import java.util.List;
import java.util.Optional;

/** What can be wrong with the path on which the API writes. */
final class WritePathRules {

    private static final String SUBJECT = TargetId.Part.WRITE_ENDPOINT.label();

    private WritePathRules() {}

    static void check(
            Target endpoint, ClusterView cluster, WriteEvidence writes, Declared declared, Findings findings) {
        if (endpoint.status() == Status.DOWN && stopped(cluster, declared)) {
            findings.add(FindingKind.WRITES_STOPPED_BY_DESIGN, SUBJECT, TargetRules.why(endpoint), "as declared");
        } else if (endpoint.status() == Status.DOWN) {
            findings.add(FindingKind.WRITE_ENDPOINT_DOWN, SUBJECT, TargetRules.why(endpoint), "a primary that answers");
        } else if (TargetRules.unseen(endpoint)) {
            findings.add(
                    FindingKind.WRITE_ENDPOINT_UNSEEN,
                    SUBJECT,
                    TargetRules.why(endpoint),
                    "a login that the server accepts");
        }
        Optional<WriteEndpointObservation.Answered> answer = cluster.writeEndpoint();
        answer.filter(WriteEndpointObservation.Answered::writable)
                .flatMap(it -> elsewhere(it.identity(), it.at().minus(it.took()), cluster))
                .or(() -> writes.shown().flatMap(beat -> elsewhere(beat.server(), beat.begun(), cluster)))
                .ifPresent(where -> findings.add(
                        FindingKind.WRITE_ENDPOINT_MISROUTED,
                        SUBJECT,
                        where,
                        "the primary on the highest timeline, "
                                + cluster.primary().orElseThrow().name()));
        answer.flatMap(WriteEndpointObservation.Answered::newSessions)
                .ifPresent(failure -> findings.add(
                        failure.kind().ours() ? FindingKind.NO_SESSION_FOR_US : FindingKind.NO_NEW_SESSIONS,
                        SUBJECT,
                        "no new session: " + TargetRules.text(failure),
                        "a login that is answered"));
        boolean followsByDesign =
                declared.replicaOf().isPresent() || cluster.followsOutside().isPresent();
        if (answer.isPresent() && !answer.get().writable() && !followsByDesign) {
            String where =
                    cluster.routedTo().map(name -> "leads to " + name + ", ").orElse("leads to a server that is ");
            String what = answer.get().role().name().toLowerCase(java.util.Locale.ROOT) + " and read-only";
            findings.add(FindingKind.WRITE_ENDPOINT_READ_ONLY, SUBJECT, where + what, "a primary that takes writes");
        }
    }

    /**
     * Whether nobody leads because somebody wants it so: all servers are stopped, or the one that led and only that
     * one.
     */
    static boolean stopped(ClusterView cluster, Declared declared) {
        List<MemberView> led = cluster.hiddenPrimaries();
        // Whoever has seen nobody lead yet has the operator's word for who did.
        boolean leaderFenced = led.isEmpty()
                ? declared.leaderFenced()
                : led.stream().allMatch(member -> declared.fenced(member.name()));
        return declared.stopped() || (cluster.primaries().isEmpty() && leaderFenced);
    }

    /**
     * Where writes go that don't go to the primary in view: to another member out of recovery, or to a server that was
     * still answering after the primary in view had been seen to lead.
     */
    private static Optional<String> elsewhere(ServerIdentity server, Moment asked, ClusterView cluster) {
        Optional<ClusterView.Reign> reign = cluster.reign();
        if (reign.isEmpty() || reign.get().run().isSameRunAs(server)) {
            return Optional.empty();
        }
        Optional<String> name = cluster.memberOf(server);
        boolean other = name.flatMap(cluster::member)
                .filter(MemberView::isPrimary)
                .filter(cluster::belongs)
                .isPresent();
        if (other) {
            return Optional.of("leads to " + name.get() + ", which takes writes");
        }
        boolean inView = name.flatMap(cluster::member).flatMap(MemberView::role).isPresent();
        return inView || !asked.isAfter(reign.get().since())
                ? Optional.empty()
                : Optional.of("leads to "
                        + name.map(it -> it + ", which takes writes and is out of sight")
                                .orElse("a server that takes writes and is no member that was seen"));
    }
}
