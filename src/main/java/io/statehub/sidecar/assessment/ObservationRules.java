package io.statehub.sidecar.assessment;

import io.statehub.sidecar.observation.Failure;
import io.statehub.sidecar.observation.FailureKind;
import io.statehub.sidecar.observation.HeartbeatObservation;
import io.statehub.sidecar.observation.JournalObservation;
import io.statehub.sidecar.observation.ObservationRound;
import io.statehub.sidecar.observation.TargetId;
import java.util.Optional;
import java.util.Set;

/** What can be wrong with the sidecar's own means. */
final class ObservationRules {

    /** Ours, and nothing that a right which is granted would cure. */
    private static final Set<FailureKind> PASSING = Set.of(
            FailureKind.STANDING_BY,
            FailureKind.TOO_MANY_CONNECTIONS,
            FailureKind.SESSION_ENDED,
            FailureKind.OWN_DELAY,
            FailureKind.OWN_LIMIT);

    private ObservationRules() {}

    static void check(ObservationRound round, Optional<OwnDelay> ownDelay, Findings findings) {
        ownDelay.ifPresent(delay -> findings.add(
                FindingKind.OWN_PROCESS_LATE,
                TargetId.Part.PROCESS.label(),
                delay.said().detail(),
                "no such pause"));
        Optional<Failure> beat = round.heartbeat().flatMap(HeartbeatObservation::failure);
        beat.filter(fault -> fault.kind().ours() && !PASSING.contains(fault.kind()))
                .ifPresent(fault -> {
                    boolean taken = fault.kind() == FailureKind.WRITER_TAKEN;
                    findings.add(
                            taken ? FindingKind.HEARTBEAT_WRITER_TAKEN : FindingKind.HEARTBEAT_NOT_PERMITTED,
                            TargetId.Part.HEARTBEAT.label(),
                            why(fault),
                            taken
                                    ? "a writer's name for each sidecar"
                                    : "a role that may write to the heartbeats' schema");
                });
        round.journal()
                .flatMap(JournalObservation::failure)
                .ifPresent(fault -> findings.add(
                        FindingKind.JOURNAL_FAILING,
                        TargetId.Part.JOURNAL.label(),
                        why(fault),
                        "a directory that can be written to"));
    }

    private static String why(Failure fault) {
        return fault.described();
    }
}
