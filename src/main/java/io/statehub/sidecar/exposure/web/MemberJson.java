package io.statehub.sidecar.exposure.web;

import io.statehub.sidecar.assessment.ClusterView;
import io.statehub.sidecar.assessment.MemberView;
import io.statehub.sidecar.assessment.Staleness;
import io.statehub.sidecar.observation.Lsn;
import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.ServerIdentity;
import io.statehub.sidecar.observation.SlotTotals;
import io.statehub.sidecar.observation.SystemIdentifier;
import io.statehub.sidecar.observation.WalSender;
import jakarta.json.stream.JsonGenerator;
import java.util.Optional;
import java.util.OptionalLong;

/** One member as JSON. The parts that its role doesn't have, and all that is not known, are null. */
final class MemberJson {

    private MemberJson() {}

    static void write(MemberView member, ClusterView cluster, JsonGenerator json) {
        json.writeStartObject();
        json.write("name", member.name());
        TargetJson.health(member.health(), json);
        identity(member, json);
        standby(member, cluster, json);
        upstream(cluster.streams().senderTo(member), json);
        senders(member, cluster, json);
        slots(member, json);
        archiver(member, json);
        json.writeEnd();
    }

    private static void identity(MemberView member, JsonGenerator json) {
        Optional<ServerIdentity> identity = member.identity();
        TargetJson.text("role", member.role().map(Enum::name), json);
        TargetJson.text("systemIdentifier", member.systemIdentifier().map(SystemIdentifier::toString), json);
        TargetJson.number(
                "timeline",
                member.timeline()
                        .map(timeline -> OptionalLong.of(timeline.number()))
                        .orElse(OptionalLong.empty()),
                json);
        TargetJson.text("position", identity.flatMap(ServerIdentity::position).map(Lsn::toString), json);
        TargetJson.text("startedAt", identity.map(it -> it.postmasterStart().toString()), json);
        member.state()
                .map(MemberState::statisticsVisible)
                .ifPresentOrElse(
                        visible -> json.write("statisticsVisible", visible), () -> json.writeNull("statisticsVisible"));
    }

    private static void standby(MemberView member, ClusterView cluster, JsonGenerator json) {
        if (member.standby().isEmpty()) {
            json.writeNull("replication");
            return;
        }
        RoleState.Standby standby = member.standby().get();
        Optional<RoleState.WalReceiver> receiver = standby.walReceiver();
        Optional<Staleness> staleness = cluster.lag().staleness(member);
        json.writeStartObject("replication");
        TargetJson.text("walReceiver", receiver.map(RoleState.WalReceiver::status), json);
        TargetJson.number("lagBytes", cluster.lag().toUpstream(member), json);
        TargetJson.number("behindPrimaryBytes", cluster.lag().bytesBehindPrimary(member), json);
        BoundsJson.atLeast("stalenessAtLeastMs", cluster.lag().stalenessAtLeast(member), json);
        BoundsJson.atMost("stalenessAtMostMs", staleness.flatMap(Staleness::atMost), json);
        TargetJson.number("applyQueueBytes", standby.applyQueueBytes(), json);
        TargetJson.millis("streamSilenceMs", receiver.flatMap(RoleState.WalReceiver::silence), json);
        json.write("replayPaused", standby.replayPaused());
        json.writeEnd();
    }

    private static void upstream(Optional<WalSender> sender, JsonGenerator json) {
        if (sender.isEmpty()) {
            json.writeNull("upstream");
            return;
        }
        json.writeStartObject("upstream");
        json.write("state", sender.get().state());
        json.write("syncState", sender.get().syncState());
        TargetJson.number("sentLagBytes", sender.get().sentBytes(), json);
        TargetJson.number("writeLagBytes", sender.get().writeBytes(), json);
        TargetJson.number("flushLagBytes", sender.get().flushBytes(), json);
        TargetJson.number("replayLagBytes", sender.get().replayBytes(), json);
        TargetJson.millis("replayLagMs", sender.get().replayLag(), json);
        json.writeEnd();
    }

    private static void senders(MemberView member, ClusterView cluster, JsonGenerator json) {
        Optional<MemberState> seen = member.state().filter(MemberState::statisticsVisible);
        TargetJson.number(
                "sendersLeftOut",
                seen.map(state -> OptionalLong.of(state.walSendersLeftOut())).orElse(OptionalLong.empty()),
                json);
        if (seen.isEmpty()) {
            json.writeNull("senders");
            return;
        }
        json.writeStartArray("senders");
        for (WalSender sender : seen.get().walSenders()) {
            json.writeStartObject();
            json.write("name", sender.applicationName());
            json.write("kind", sender.kind().label());
            json.write("state", sender.state());
            json.write("syncState", sender.syncState());
            TargetJson.text("slot", sender.slot(), json);
            Optional<MemberView> owner =
                    sender.acknowledges() ? cluster.streams().ownerOf(sender) : Optional.empty();
            TargetJson.text("member", owner.map(MemberView::name), json);
            json.writeEnd();
        }
        json.writeEnd();
    }

    private static void slots(MemberView member, JsonGenerator json) {
        Optional<SlotTotals> totals = member.state().flatMap(MemberState::slotTotals);
        TargetJson.number(
                "slotsLeftOut",
                totals.map(all -> OptionalLong.of(Math.max(
                                0, all.slots() - member.state().get().slots().size())))
                        .orElse(OptionalLong.empty()),
                json);
        if (totals.isEmpty()) {
            json.writeNull("slots");
            return;
        }
        json.writeStartArray("slots");
        for (ReplicationSlot slot : member.state().get().slots()) {
            json.writeStartObject();
            json.write("name", slot.name());
            json.write("active", slot.active());
            json.write("walStatus", slot.walStatus());
            TargetJson.number("retainedBytes", slot.retainedBytes(), json);
            TargetJson.number("safeWalBytes", slot.safeWalBytes(), json);
            json.writeEnd();
        }
        json.writeEnd();
    }

    private static void archiver(MemberView member, JsonGenerator json) {
        Optional<RoleState.Archiver> archiver = member.primary().flatMap(RoleState.Primary::archiver);
        if (archiver.isEmpty()) {
            json.writeNull("archiver");
            return;
        }
        json.writeStartObject("archiver");
        json.write("failing", archiver.get().failing());
        TargetJson.number("archivedCount", OptionalLong.of(archiver.get().archivedCount()), json);
        TargetJson.number("failedCount", OptionalLong.of(archiver.get().failedCount()), json);
        TargetJson.text("lastFailedWal", archiver.get().lastFailedWal(), json);
        TargetJson.millis("sinceLastArchivedMs", archiver.get().sinceLastArchived(), json);
        json.writeEnd();
    }
}
