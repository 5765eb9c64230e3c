package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.MemberState;
import io.statehub.sidecar.observation.ReplicationSlot;
import io.statehub.sidecar.observation.RoleState;
import io.statehub.sidecar.observation.SlotTotals;
import io.statehub.sidecar.observation.SystemIdentifier;

/** What can be wrong with one member, whatever its role. */
final class MemberRules {

    private MemberRules() {}

    /** @param declared what somebody wants of the cluster */
    static void check(
            MemberView member, ClusterView cluster, Declared declared, AssessmentPolicy policy, Findings findings) {
        String name = member.name();
        if (member.health().status() == Status.DOWN && declared.excuses(name, cluster)) {
            findings.add(FindingKind.MEMBER_STOPPED_BY_DESIGN, name, TargetRules.why(member.health()), "as declared");
        } else if (member.health().status() == Status.DOWN) {
            findings.add(FindingKind.MEMBER_DOWN, name, TargetRules.why(member.health()), "an answer");
        } else if (TargetRules.unseen(member.health())) {
            findings.add(
                    FindingKind.MEMBER_UNSEEN,
                    name,
                    TargetRules.why(member.health()),
                    "a login that the server accepts");
        }
        member.leadsTo()
                .ifPresent(other -> findings.add(
                        FindingKind.MEMBER_NAME_ASTRAY,
                        name,
                        "its name leads to the server of " + other,
                        "a server of its own"));
        if (!cluster.belongs(member)) {
            findings.add(
                    FindingKind.WRONG_SYSTEM_IDENTIFIER,
                    name,
                    "system identifier " + text(member.systemIdentifier()),
                    text(cluster.systemIdentifier()) + ", that of the cluster");
            return;
        }
        member.state().ifPresent(state -> checkState(name, state, policy, findings));
        member.primary()
                .flatMap(RoleState.Primary::archiver)
                .filter(RoleState.Archiver::failing)
                .ifPresent(archiver -> archiving(name, archiver, findings));
    }

    private static void checkState(String name, MemberState state, AssessmentPolicy policy, Findings findings) {
        if (!state.statisticsVisible()) {
            findings.add(
                    FindingKind.NO_PERMISSION,
                    name,
                    "replication statistics are hidden from our role",
                    "membership in pg_monitor");
        }
        if (state.slots().isEmpty()) {
            return;
        }
        // The slots come with the largest retention first; one finding a member and kind keeps the list bounded.
        state.slots().stream()
                .filter(slot -> slot.retainedBytes().orElse(0) > policy.maxSlotRetentionBytes())
                .findFirst()
                .ifPresent(slot -> findings.add(
                        FindingKind.SLOT_RETENTION,
                        name,
                        "slot " + slot.name() + (slot.active() ? " (active)" : " (inactive)") + " keeps "
                                + Figures.bytes(slot.retainedBytes().orElseThrow()),
                        Figures.bytes(policy.maxSlotRetentionBytes())));
        long lost = state.slotTotals().map(SlotTotals::lost).orElse(0L);
        if (lost > 0) {
            String first = state.slots().stream()
                    .filter(ReplicationSlot::lost)
                    .findFirst()
                    .map(slot -> "slot " + slot.name() + " is lost")
                    .orElse("a slot is lost");
            findings.add(
                    FindingKind.SLOT_LOST,
                    name,
                    first + (lost > 1 ? ", and " + (lost - 1) + " more" : ""),
                    "slots that keep their WAL");
        }
    }

    private static void archiving(String name, RoleState.Archiver archiver, Findings findings) {
        String age = archiver.sinceLastArchived()
                .map(since -> since.isNegative()
                        ? "last success at an unknown time"
                        : "last success " + Figures.seconds(since) + " ago")
                .orElse("no success yet");
        findings.add(
                FindingKind.ARCHIVING_FAILING,
                name,
                "archiving of " + archiver.lastFailedWal().orElse("a segment") + " failed, " + age,
                "no failure since the last success");
    }

    private static String text(java.util.Optional<SystemIdentifier> identifier) {
        return identifier.map(SystemIdentifier::toString).orElse("unknown");
    }
}
