package io.statehub.sidecar.exposure.page;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.assessment.Readiness;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import io.statehub.sidecar.snapshot.Viewpoint;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** From the current snapshot and the last hour to what the page shows. */
@Singleton
class PageViews {

    /** A page is to be taken in at a glance; the rest is in {@code /status}. */
    static final int MOST_FINDINGS = 20;

    static final int MOST_MEMBERS = 30;

    private final Snapshots snapshots;
    private final RecentHistory history;
    private final LastSights sights;
    private final Viewpoint viewpoint;
    private final String version;

    PageViews(
            Snapshots snapshots,
            RecentHistory history,
            LastSights sights,
            Viewpoint viewpoint,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.version = version;
        this.snapshots = snapshots;
        this.history = history;
        this.sights = sights;
        this.viewpoint = viewpoint;
    }

    PageView of(AgentSnapshot snapshot) {
        boolean stale = snapshots.stale(snapshot);
        Assessment assessment = snapshot.assessment();
        List<PageView.Row> rows = new FindingRows(snapshots.now(), viewpoint.runbooks()).of(assessment);
        List<RecentHistory.Slot> slots = history.slots();
        long newest = history.number(snapshots.now());
        List<Sparkline> sparklines = new ArrayList<>(
                Sparkline.lags(slots, newest, snapshots.allowed().maxLagBytes()));
        sparklines.add(Sparkline.heartbeats(slots, newest));
        return new PageView(
                version,
                Words.moment(snapshot.at().wallClock()),
                Figures.seconds(snapshots.age(snapshot)),
                StatusMarks.of(stale ? Status.UNKNOWN : assessment.verdict()),
                snapshots.headline(snapshot).text() + ".",
                assessment.scopes().stream()
                        .map(scope -> new PageView.Scoped(
                                named(scope), StatusMarks.of(stale ? Status.UNKNOWN : assessment.status(scope))))
                        .toList(),
                readiness(stale, assessment.readiness()),
                described(snapshot),
                Incidents.standing(snapshot, stale, snapshots.now()),
                rows.stream().limit(MOST_FINDINGS).toList(),
                Math.max(0, rows.size() - MOST_FINDINGS),
                writes(assessment.cluster()),
                new Members(assessment, sights, stale, snapshots.now()).first(MOST_MEMBERS),
                Math.max(0, assessment.cluster().members().size() - MOST_MEMBERS),
                Surroundings.of(assessment.kubernetes(), snapshots.allowed()),
                sparklines,
                Incidents.past(snapshot.tracking(), snapshots.allowed()),
                Incidents.scale(snapshot.tracking(), snapshots.allowed().rto()));
    }

    /** An incident that is ongoing or remembered. */
    Optional<IncidentView> incident(String id) {
        AgentSnapshot snapshot = snapshots.current();
        return snapshot.tracking()
                .incident(id)
                .map(incident -> IncidentView.of(incident, snapshot.tracking(), snapshots.allowed(), snapshots.now()));
    }

    private String described(AgentSnapshot snapshot) {
        String part = switch (snapshot.round().leadership().role()) {
            case LEADS -> "the leader";
            case STANDS_BY -> "standing by";
            case ALONE -> "on its own";
        };
        return "As seen by " + viewpoint.pod()
                + viewpoint.cluster().map(name -> " of cluster " + name).orElse("") + ", " + part + ", every "
                + Figures.seconds(viewpoint.interval());
    }

    private static String named(Scope scope) {
        return switch (scope) {
            case API -> "API";
            case DATABASE -> "Write path";
            case REPLICATION -> "Replication";
            case OBSERVATION -> "Observation";
            case KUBERNETES -> "Kubernetes";
        };
    }

    private static String readiness(boolean stale, Readiness readiness) {
        if (stale) {
            return "This pod takes no traffic: the sidecar is blind.";
        }
        return readiness.ready()
                ? "This pod takes traffic."
                : "This pod takes no traffic: " + String.join("; ", readiness.reasons()) + ".";
    }

    private static String writes(ClusterView cluster) {
        return cluster.writeEndpoint()
                .map(answer -> cluster.routedTo()
                                .map(member -> "Writes go to " + member)
                                .orElse("Writes go to a server that is none of the members that were seen")
                        + (answer.writable() ? "." : ", which takes none."))
                .orElse("Where writes go is unknown.");
    }
}
