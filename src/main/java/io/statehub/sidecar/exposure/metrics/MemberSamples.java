package io.statehub.sidecar.exposure.metrics;

import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.Staleness;
import io.statehub.sidecar.observation.MemberRole;
import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SlotTotals;
import io.statehub.sidecar.observation.WalSender;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The samples of one member. */
final class MemberSamples {

    /** Why a lag is not known. */
    private enum LagUnknown {
        /** It is known, or the member has none to know: it is a primary. */
        NOT_UNKNOWN,
        UNSEEN,
        NO_PERMISSION,
        NOT_STREAMING,
        SILENT
    }

    private MemberSamples() {}

    static void add(MemberView member, ClusterView cluster, Families families) {
        String name = member.name();
        lagUnknown(member, cluster, families);
        Optional<MemberState> state = member.state();
        if (state.isEmpty()) {
            return;
        }
        identity(name, state.get(), families);
        state.get().slotTotals().ifPresent(slots -> slots(name, slots, families));
        member.primary().flatMap(RoleState.Primary::archiver).ifPresent(archiver -> archiver(name, archiver, families));
        member.standby().ifPresent(standby -> standby(member, standby, cluster, families));
        cluster.streams().senderTo(member).ifPresent(sender -> sender(name, sender, families));
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
        families.add(Metric.REPLICATION_LAG_BYTES, cluster.lag().toUpstream(member), name);
        families.add(Metric.REPLICATION_BEHIND_PRIMARY, cluster.lag().bytesBehindPrimary(member), name);
        Optional<Staleness> staleness = cluster.lag().staleness(member);
        families.addBounds(
                Metric.REPLICATION_STALENESS_UPPER,
                cluster.lag().stalenessAtLeast(member),
                staleness.flatMap(Staleness::atMost),
                name);
        families.add(Metric.REPLICATION_APPLY_QUEUE, standby.applyQueueBytes(), name);
        families.addSeconds(
                Metric.REPLICATION_STREAM_SILENCE, standby.walReceiver().flatMap(RoleState.WalReceiver::silence), name);
        families.add(Metric.REPLICATION_REPLAY_PAUSED, standby.replayPaused(), name);
    }

    private static void lagUnknown(MemberView member, ClusterView cluster, Families families) {
        LagUnknown reason = reason(member, cluster);
        for (LagUnknown candidate :
                List.of(LagUnknown.UNSEEN, LagUnknown.NO_PERMISSION, LagUnknown.NOT_STREAMING, LagUnknown.SILENT)) {
            families.add(
                    Metric.REPLICATION_LAG_UNKNOWN,
                    candidate == reason,
                    member.name(),
                    candidate.name().toLowerCase(Locale.ROOT));
        }
    }

    private static LagUnknown reason(MemberView member, ClusterView cluster) {
        if (member.state().isEmpty()) {
            return LagUnknown.UNSEEN;
        }
        if (member.isPrimary()) {
            return LagUnknown.NOT_UNKNOWN;
        }
        if (!member.statisticsVisible()) {
            return LagUnknown.NO_PERMISSION;
        }
        if (cluster.lag().toUpstream(member).isPresent()) {
            return LagUnknown.NOT_UNKNOWN;
        }
        return member.streaming() ? LagUnknown.SILENT : LagUnknown.NOT_STREAMING;
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

    private static void slots(String name, SlotTotals slots, Families families) {
        slots.mostRetained().ifPresent(most -> families.add(Metric.SLOT_RETAINED, most, name));
        families.add(Metric.SLOTS, slots.active(), name, "true");
        families.add(Metric.SLOTS, slots.slots() - slots.active(), name, "false");
    }

    private static void archiver(String name, RoleState.Archiver archiver, Families families) {
        families.add(Metric.ARCHIVE_FAILING, archiver.failing(), name);
        families.addSeconds(Metric.ARCHIVE_AGE, archiver.sinceLastArchived(), name);
        families.add(Metric.ARCHIVED, archiver.archivedCount(), name);
        families.add(Metric.ARCHIVE_FAILURES, archiver.failedCount(), name);
    }
}
