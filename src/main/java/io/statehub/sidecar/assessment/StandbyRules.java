package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.Timeline;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What can be wrong with one standby of this cluster. */
final class StandbyRules {

    private StandbyRules() {}

    static void check(MemberView member, ClusterView cluster, AssessmentPolicy policy, Findings findings) {
        if (member.standby().isEmpty() || !cluster.belongs(member)) {
            return;
        }
        RoleState.Standby standby = member.standby().get();
        if (standby.replayPaused()) {
            String queue = standby.applyQueueBytes().orElse(-1) >= 0
                    ? Figures.bytes(standby.applyQueueBytes().orElseThrow()) + " left to apply"
                    : "an unknown amount left to apply";
            findings.add(FindingKind.REPLAY_PAUSED, member.name(), "replay is paused, " + queue, "replay not paused");
        }
        if (member.statisticsVisible()) {
            stream(member, policy, findings);
        }
        timeline(member, cluster, findings);
        lag(member, cluster, policy, findings);
    }

    private static void stream(MemberView member, AssessmentPolicy policy, Findings findings) {
        boolean fromArchive =
                member.standby().filter(RoleState.Standby::fromArchive).isPresent();
        if (!member.streaming() && fromArchive) {
            findings.add(
                    FindingKind.ARCHIVE_ONLY_BY_DESIGN,
                    member.name(),
                    "restore_command is set, and primary_conninfo is not",
                    "as configured");
        } else if (!member.streaming()) {
            String state =
                    member.walReceiver().map(RoleState.WalReceiver::status).orElse("none");
            findings.add(
                    FindingKind.STANDBY_NOT_STREAMING,
                    member.name(),
                    "WAL receiver: " + state,
                    "a WAL receiver that streams");
        }
        member.walReceiver()
                .flatMap(RoleState.WalReceiver::silence)
                .filter(silence -> silence.compareTo(policy.maxStreamSilence()) > 0)
                .ifPresent(silence -> findings.add(
                        FindingKind.SILENT_STREAM,
                        member.name(),
                        "nothing heard from upstream for " + Figures.seconds(silence),
                        Figures.seconds(policy.maxStreamSilence())));
    }

    private static void timeline(MemberView member, ClusterView cluster, Findings findings) {
        Optional<Timeline> ofPrimary = cluster.primary().flatMap(MemberView::timeline);
        if (ofPrimary.isPresent()
                && member.timeline().isPresent()
                && !member.timeline().equals(ofPrimary)) {
            findings.add(
                    FindingKind.DIVERGED_TIMELINE,
                    member.name(),
                    "timeline " + member.timeline().get(),
                    "timeline " + ofPrimary.get() + " of the primary "
                            + cluster.primary().orElseThrow().name());
        }
    }

    private static void lag(MemberView member, ClusterView cluster, AssessmentPolicy policy, Findings findings) {
        Duration delay = member.standby().map(RoleState.Standby::applyDelay).orElse(Duration.ZERO);
        if (delay.compareTo(Duration.ZERO) > 0) {
            delayed(member, delay, cluster, policy, findings);
            return;
        }
        OptionalLong toPrimary = cluster.lag().bytesBehindPrimary(member);
        OptionalLong toUpstream = cluster.lag().toUpstream(member);
        long bytes = Math.max(toPrimary.orElse(0), toUpstream.orElse(0));
        if (bytes > policy.maxLagBytes()) {
            findings.add(
                    FindingKind.STANDBY_LAGGING,
                    member.name(),
                    Figures.bytes(bytes) + " left to replay",
                    Figures.bytes(policy.maxLagBytes()));
        }
        Optional<Duration> stale = cluster.lag()
                .staleness(member)
                .map(Staleness::atLeast)
                .filter(age -> age.compareTo(policy.maxStaleness()) > 0);
        stale.ifPresent(age -> findings.add(
                FindingKind.STANDBY_STALE,
                member.name(),
                "newest data at least " + Figures.seconds(age) + " old",
                Figures.seconds(policy.maxStaleness())));
    }

    /**
     * What is held back by design is no lag: what was not received is, and what is older than the delay and the bound.
     */
    private static void delayed(
            MemberView member, Duration delay, ClusterView cluster, AssessmentPolicy policy, Findings findings) {
        findings.add(
                FindingKind.DELAYED_BY_DESIGN,
                member.name(),
                "replays " + Figures.seconds(delay) + " late (recovery_min_apply_delay)",
                "as configured");
        OptionalLong missing = cluster.lag().bytesNotReceived(member);
        if (missing.orElse(0) > policy.maxLagBytes()) {
            findings.add(
                    FindingKind.STANDBY_LAGGING,
                    member.name(),
                    Figures.bytes(missing.getAsLong()) + " left to receive",
                    Figures.bytes(policy.maxLagBytes()));
        }
        Duration allowed = policy.maxStaleness().plus(delay);
        boolean received = cluster.lag()
                .receivedStaleness(member)
                .filter(age -> age.atLeast().compareTo(policy.maxStaleness()) > 0)
                .isPresent();
        boolean replayed = cluster.lag()
                .staleness(member)
                .filter(age -> age.atLeast().compareTo(allowed) > 0)
                .isPresent();
        if (received || replayed) {
            Duration age = (received
                            ? cluster.lag().receivedStaleness(member)
                            : cluster.lag().staleness(member))
                    .orElseThrow()
                    .atLeast();
            findings.add(
                    FindingKind.STANDBY_STALE,
                    member.name(),
                    "newest " + (received ? "received" : "replayed") + " data at least " + Figures.seconds(age)
                            + " old",
                    Figures.seconds(received ? policy.maxStaleness() : allowed));
        }
    }
}
