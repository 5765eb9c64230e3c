package io.statehub.sidecar.exposure.page;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.Readiness;
import io.statehub.sidecar.assessment.Scope;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.observation.WalSender;
import io.statehub.sidecar.snapshot.AgentSnapshot;
import io.statehub.sidecar.snapshot.Snapshots;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** From the current snapshot and the last hour to what the page shows. */
@Singleton
class PageViews {

    /** A page is to be taken in at a glance; the rest is in {@code /status}. */
    static final int MOST_FINDINGS = 20;

    static final int MOST_MEMBERS = 30;

    private final Snapshots snapshots;
    private final RecentHistory history;
    private final String version;

    PageViews(
            Snapshots snapshots,
            RecentHistory history,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.version = version;
        this.snapshots = snapshots;
        this.history = history;
    }

    PageView of(AgentSnapshot snapshot) {
        boolean stale = snapshots.stale(snapshot);
        Assessment assessment = snapshot.assessment();
        Duration age = snapshots.age(snapshot);
        List<Finding> findings = assessment.findings().stream()
                .sorted(Comparator.comparing((Finding finding) -> finding.kind().impact())
                        .reversed())
                .toList();
        List<RecentHistory.Slot> slots = history.slots();
        long newest = history.number(snapshots.now());
        List<Sparkline> sparklines = new ArrayList<>(
                Sparkline.lags(slots, newest, snapshots.allowed().maxLagBytes()));
        sparklines.add(Sparkline.heartbeats(slots, newest));
        return new PageView(
                version,
                Words.time(snapshot.at().wallClock()),
                Figures.seconds(age),
                StatusMarks.of(stale ? Status.UNKNOWN : assessment.verdict()),
                snapshots.headline(snapshot).text() + ".",
                assessment.scopes().stream()
                        .map(scope -> new PageView.Scoped(
                                named(scope), StatusMarks.of(stale ? Status.UNKNOWN : assessment.status(scope))))
                        .toList(),
                readiness(stale, assessment.readiness()),
                findings.stream().limit(MOST_FINDINGS).map(PageViews::found).toList(),
                Math.max(0, findings.size() - MOST_FINDINGS),
                writes(assessment.cluster()),
                members(assessment.cluster(), stale),
                Math.max(0, assessment.cluster().members().size() - MOST_MEMBERS),
                Incidents.standing(snapshot.tracking(), stale, snapshots.now()),
                sparklines,
                Incidents.past(snapshot.tracking(), snapshots.allowed().rto()));
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

    private static PageView.Found found(Finding finding) {
        return new PageView.Found(
                StatusMarks.of(finding.kind().impact()),
                Words.plain(finding.kind().label()),
                finding.subject(),
                finding.measured(),
                finding.allowed(),
                Words.time(finding.since().wallClock()));
    }

    private static String writes(ClusterView cluster) {
        return cluster.writeEndpoint()
                .map(answer -> cluster.routedTo()
                                .map(member -> "Writes go to " + member)
                                .orElse("Writes go to a server that is none of the members that were seen")
                        + (answer.writable() ? "." : ", which takes none."))
                .orElse("Where writes go is not known.");
    }

    /** Primaries first, then those that follow them, each group by name. */
    private static List<PageView.Member> members(ClusterView cluster, boolean stale) {
        return cluster.members().stream()
                .sorted(Comparator.comparing((MemberView member) -> !member.isPrimary())
                        .thenComparing(MemberView::name))
                .limit(MOST_MEMBERS)
                .map(member -> member(member, cluster, stale))
                .toList();
    }

    private static PageView.Member member(MemberView member, ClusterView cluster, boolean stale) {
        boolean standby = member.standby().isPresent();
        return new PageView.Member(
                member.name(),
                StatusMarks.of(stale ? Status.UNKNOWN : member.health().status()),
                standby ? "↳" : "",
                member.role().map(PageViews::named).orElse(Words.NOT_KNOWN),
                member.timeline().map(Timeline::toString).orElse(Words.NOT_KNOWN),
                member.identity()
                        .flatMap(ServerIdentity::position)
                        .map(Lsn::toString)
                        .orElse(Words.NOT_KNOWN),
                member.isPrimary() ? "–" : Words.bytes(RecentHistory.lag(member, cluster)),
                member.isPrimary() ? "–" : Words.staleness(cluster.staleness(member)),
                standby ? stream(member, cluster) : "–",
                cluster.routedTo().filter(member.name()::equals).isPresent());
    }

    private static String named(MemberRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static String stream(MemberView member, ClusterView cluster) {
        if (!member.statisticsVisible()) {
            return Words.NOT_KNOWN;
        }
        String receiver =
                member.walReceiver().map(RoleState.WalReceiver::status).orElse("none");
        return cluster.senderTo(member)
                .map(WalSender::syncState)
                .map(sync -> receiver + ", " + sync)
                .orElse(receiver);
    }
}
