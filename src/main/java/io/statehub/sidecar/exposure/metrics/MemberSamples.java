package io.statehub.sidecar.exposure.metrics;

import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.Staleness;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.WalSender;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The samples of one member. */
final class MemberSamples {

    /** Why a lag is not known. */
    private enum LagUnknown {
        /** It is known, or the member has none to know: it is a primary. */
        NOT_UNKNOWN,
        UNSEEN,
        NO_PERMISSION,
        NOT_STREAMING
    }

    private MemberSamples() {}

    static void add(MemberView member, ClusterView cluster, Families families) {
        String name = member.name();
        lagUnknown(member, families);
        Optional<MemberState> state = member.state();
        if (state.isEmpty()) {
            return;
        }
        identity(name, state.get(), families);
        slots(name, state.get().slots(), families);
        member.primary().flatMap(RoleState.Primary::archiver).ifPresent(archiver -> archiver(name, archiver, families));
        member.standby().ifPresent(standby -> standby(member, standby, cluster, families));
        cluster.senderTo(member).ifPresent(sender -> sender(name, sender, families));
    }

    private static void identity(String name, MemberState state, Families families) {
        ServerIdentity identity = state.identity();
        families.addState(Metric.MEMBER_ROLE, MemberRole.class, state.memberRole(), name);
        identity.timeline().ifPresent(timeline -> families.add(Metric.MEMBER_TIMELINE, timeline.number(), name));
        identity.position().ifPresent(lsn -> families.add(Metric.MEMBER_WAL_POSITION, lsn.position(), name));
        families.add(Metric.MEMBER_START_TIME, identity.postmasterStart().toEpochMilli() / 1000.0, name);
        families.add(Metric.MEMBER_STATISTICS_VISIBLE, state.statisticsVisible(), name);
    }

    private static void standby(MemberView member, RoleState.Standby standby, ClusterView cluster, Families families) {
        String name = member.name();
        if (member.statisticsVisible()) {
            families.add(Metric.REPLICATION_CONNECTED, member.streaming(), name);
        }
        families.add(Metric.REPLICATION_LAG_BYTES, lag(member), name);
        families.add(Metric.REPLICATION_BEHIND_PRIMARY, cluster.bytesBehindPrimary(member), name);
        Optional<Staleness> staleness = cluster.staleness(member);
        families.addSeconds(Metric.REPLICATION_STALENESS_LOWER, staleness.map(Staleness::atLeast), name);
        families.addSeconds(Metric.REPLICATION_STALENESS_UPPER, staleness.flatMap(Staleness::atMost), name);
        families.add(Metric.REPLICATION_APPLY_QUEUE, standby.applyQueueBytes(), name);
        families.addSeconds(
                Metric.REPLICATION_STREAM_SILENCE, standby.walReceiver().flatMap(RoleState.WalReceiver::silence), name);
        families.add(Metric.REPLICATION_REPLAY_PAUSED, standby.replayPaused(), name);
    }

    private static OptionalLong lag(MemberView member) {
        return member.walReceiver().map(RoleState.WalReceiver::replayLagBytes).orElse(OptionalLong.empty());
    }

    private static void lagUnknown(MemberView member, Families families) {
        LagUnknown reason = reason(member);
        for (LagUnknown candidate : List.of(LagUnknown.UNSEEN, LagUnknown.NO_PERMISSION, LagUnknown.NOT_STREAMING)) {
            families.add(
                    Metric.REPLICATION_LAG_UNKNOWN,
                    candidate == reason,
                    member.name(),
                    candidate.name().toLowerCase(Locale.ROOT));
        }
    }

    private static LagUnknown reason(MemberView member) {
        if (member.state().isEmpty()) {
            return LagUnknown.UNSEEN;
        }
        if (member.isPrimary()) {
            return LagUnknown.NOT_UNKNOWN;
        }
        if (!member.statisticsVisible()) {
            return LagUnknown.NO_PERMISSION;
        }
        return lag(member).isPresent() ? LagUnknown.NOT_UNKNOWN : LagUnknown.NOT_STREAMING;
    }

    private static void sender(String name, WalSender sender, Families families) {
        families.add(Metric.REPLICATION_FLUSH_LAG_BYTES, sender.flushBytes(), name);
        families.addSeconds(Metric.REPLICATION_REPLAY_LAG_SECONDS, replayLag(sender), name);
        families.add(Metric.REPLICATION_SYNCHRONOUS, sender.synchronous(), name);
    }

    /** On an idle upstream PostgreSQL gives no time lag: it is 0 only if nothing is left to replay, else not known. */
    private static Optional<Duration> replayLag(WalSender sender) {
        boolean nothingLeft =
                sender.replayBytes().isPresent() && sender.replayBytes().getAsLong() == 0;
        return sender.replayLag().or(() -> nothingLeft ? Optional.of(Duration.ZERO) : Optional.empty());
    }

    private static void slots(String name, List<ReplicationSlot> slots, Families families) {
        slots.stream()
                .flatMapToLong(slot -> slot.retainedBytes().stream())
                .max()
                .ifPresent(most -> families.add(Metric.SLOT_RETAINED, most, name));
        long active = slots.stream().filter(ReplicationSlot::active).count();
        families.add(Metric.SLOTS, active, name, "true");
        families.add(Metric.SLOTS, slots.size() - active, name, "false");
    }

    private static void archiver(String name, RoleState.Archiver archiver, Families families) {
        families.add(Metric.ARCHIVE_FAILING, archiver.failing(), name);
        families.addSeconds(Metric.ARCHIVE_AGE, archiver.sinceLastArchived(), name);
        families.add(Metric.ARCHIVED, archiver.archivedCount(), name);
        families.add(Metric.ARCHIVE_FAILURES, archiver.failedCount(), name);
    }
}
