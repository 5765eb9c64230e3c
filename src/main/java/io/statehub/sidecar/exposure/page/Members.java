package io.statehub.sidecar.exposure.page;

import io.statehub.sidecar.assessment.Assessment;
import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.Figures;
import io.statehub.sidecar.assessment.Finding;
import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.NaturalOrder;
import io.statehub.sidecar.assessment.Status;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.Timeline;
import io.statehub.sidecar.observation.WalSender;
import io.statehub.sidecar.time.Moment;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The members as the page shows them: one that is out of sight with what it said last, and how long ago. */
final class Members {

    private static final String NONE = "–";

    private final Assessment assessment;
    private final ClusterView cluster;
    private final LastSights sights;
    private final boolean stale;
    private final Moment now;

    Members(Assessment assessment, LastSights sights, boolean stale, Moment now) {
        this.assessment = assessment;
        this.cluster = assessment.cluster();
        this.sights = sights;
        this.stale = stale;
        this.now = now;
    }

    /**
     * Primaries first, then the others by name. Where there is no room for all, those that aren't up are shown before
     * those that are.
     */
    List<PageView.Member> first(int most) {
        Comparator<MemberView> primariesFirst = Comparator.comparing(member -> !member.isPrimary());
        return cluster.members().stream()
                .sorted(primariesFirst
                        .thenComparing(member -> member.health().status() == Status.UP)
                        .thenComparing(MemberView::name, NaturalOrder.INSTANCE))
                .limit(most)
                .sorted(primariesFirst.thenComparing(MemberView::name, NaturalOrder.INSTANCE))
                .map(this::member)
                .toList();
    }

    private PageView.Member member(MemberView member) {
        Optional<MemberView> last = member.role().isPresent() ? Optional.of(member) : sights.of(member.name());
        boolean old = member.role().isEmpty() && last.isPresent();
        boolean standby = member.standby().isPresent();
        Optional<ServerIdentity> identity = last.flatMap(MemberView::identity);
        return new PageView.Member(
                member.name(),
                mark(member),
                standby ? "↳" : "",
                last.flatMap(MemberView::role)
                                .map(role -> role.name().toLowerCase(Locale.ROOT))
                                .orElse(Words.UNKNOWN)
                        + (old ? ", " + ago(last.get()) : ""),
                member.isPrimary() ? NONE : Words.bytes(RecentHistory.lag(member, cluster)),
                member.isPrimary() ? NONE : Words.staleness(cluster.lag().staleness(member)),
                standby ? stream(member) : NONE,
                last.flatMap(MemberView::timeline).map(Timeline::toString).orElse(Words.UNKNOWN),
                identity.flatMap(ServerIdentity::position).map(Lsn::toString).orElse(Words.UNKNOWN),
                cluster.routedTo().filter(member.name()::equals).isPresent(),
                old);
    }

    private String ago(MemberView last) {
        return last.seenAt().map(at -> Figures.lasted(now.since(at)) + " ago").orElse("earlier");
    }

    /** A member that a finding speaks of is not simply up beside it. */
    private PageView.Mark mark(MemberView member) {
        Status health = stale ? Status.UNKNOWN : member.health().status();
        if (health != Status.UP && health != Status.DEGRADED) {
            return StatusMarks.of(health);
        }
        List<MemberView> primaries = cluster.primaries();
        if (primaries.size() > 1 && member.isPrimary()) {
            boolean stalest = primaries.get(primaries.size() - 1).name().equals(member.name());
            return StatusMarks.as(Status.DOWN, stalest ? "stale primary" : "one of " + primaries.size() + " primaries");
        }
        return assessment.findings().stream()
                .filter(finding -> finding.subject().equals(member.name()))
                .map(Finding::kind)
                .filter(kind -> kind.impact() != Status.UP)
                .max(Comparator.comparing(FindingKind::impact))
                .map(kind -> StatusMarks.as(kind.impact(), inShort(kind)))
                .orElse(StatusMarks.of(health));
    }

    private static String inShort(FindingKind kind) {
        return kind == FindingKind.DIVERGED_TIMELINE
                ? "diverged"
                : kind.title().replaceFirst("^Standby ", "").toLowerCase(Locale.ROOT);
    }

    private String stream(MemberView member) {
        if (!member.statisticsVisible()) {
            return Words.UNKNOWN;
        }
        String receiver =
                member.walReceiver().map(RoleState.WalReceiver::status).orElse("none");
        return cluster.streams()
                .senderTo(member)
                .map(WalSender::syncState)
                .map(sync -> receiver + ", " + sync)
                .orElse(receiver);
    }
}
