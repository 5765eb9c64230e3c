package io.statehub.sidecar.agent;

import io.statehub.sidecar.assessment.FindingKind;
import io.statehub.sidecar.observation.ApiCheck;
import io.statehub.sidecar.observation.TargetId;
import io.statehub.sidecar.testing.faults.Fault;
import io.statehub.sidecar.testing.faults.FaultTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One fault, or two of different targets.
 *
 * @param inTurn whether the second begins and ends after the first one, or with it
 * @param tls whether everything is encrypted
 */
record FaultCase(List<Part> parts, boolean inTurn, boolean tls) {

    record Part(FaultTarget target, Fault fault) {

        /** What must be found, if anything must. */
        Optional<Expected> expected() {
            return switch (target) {
                case API -> certain() ? Optional.of(new Expected(atTheApi(), "api")) : Optional.empty();
                case WRITE_ENDPOINT, NAME_RESOLUTION ->
                    certain()
                            ? Optional.of(new Expected(atTheWriteEndpoint(), TargetId.Part.WRITE_ENDPOINT.label()))
                            : Optional.empty();
                case PRIMARY, FIRST_STANDBY, SECOND_STANDBY ->
                    certain() ? Optional.of(new Expected(atAMember(), observed())) : Optional.empty();
                case KUBERNETES ->
                    certain() && fault != Fault.DELAY_1_S
                            ? Optional.of(new Expected(FindingKind.WATCH_STALE, "nodes"))
                            : Optional.empty();
                case JOURNAL_DISK, CLOCK, OWN_PROCESSOR -> Optional.empty();
            };
        }

        /**
         * A short delay is no fault, a name that can't be looked up costs no session, and what comes and goes may be
         * seen or not.
         */
        private boolean certain() {
            return fault != Fault.DELAY_20_MS
                    && fault != Fault.DELAY_100_MS
                    && fault != Fault.FLAPPING
                    && fault != Fault.UNRESOLVED;
        }

        private FindingKind atTheWriteEndpoint() {
            if (fault == Fault.READ_ONLY) {
                return FindingKind.WRITE_ENDPOINT_READ_ONLY;
            }
            return fault.isOurs() ? FindingKind.WRITE_ENDPOINT_UNSEEN : FindingKind.WRITE_ENDPOINT_DOWN;
        }

        private FindingKind atTheApi() {
            return fault.isOurs() ? FindingKind.API_UNSEEN : FindingKind.API_DOWN;
        }

        private FindingKind atAMember() {
            return fault.isOurs() ? FindingKind.MEMBER_UNSEEN : FindingKind.MEMBER_DOWN;
        }

        /** The observation's target; empty text for what is no target of a probe. */
        String observed() {
            return switch (target) {
                case API -> ApiCheck.LIVENESS.target().label();
                case WRITE_ENDPOINT, NAME_RESOLUTION -> TargetId.Part.WRITE_ENDPOINT.label();
                case PRIMARY -> "pg-1";
                case FIRST_STANDBY -> "pg-2";
                case SECOND_STANDBY -> "pg-3";
                case KUBERNETES, JOURNAL_DISK, CLOCK, OWN_PROCESSOR -> "";
            };
        }

        /** What may be found as well, and of whom; empty for everybody. */
        Set<FindingKind> allowed() {
            return switch (target) {
                case API -> EnumSet.of(FindingKind.API_DOWN, FindingKind.API_NOT_READY, FindingKind.API_UNSEEN);
                case WRITE_ENDPOINT, NAME_RESOLUTION ->
                    EnumSet.of(
                            FindingKind.WRITE_ENDPOINT_DOWN,
                            FindingKind.WRITE_ENDPOINT_UNSEEN,
                            FindingKind.WRITE_ENDPOINT_READ_ONLY,
                            FindingKind.NO_NEW_SESSIONS);
                case PRIMARY ->
                    EnumSet.of(
                            FindingKind.MEMBER_DOWN,
                            FindingKind.MEMBER_UNSEEN,
                            FindingKind.NO_PRIMARY,
                            FindingKind.PRIMARY_UNKNOWN);
                case FIRST_STANDBY, SECOND_STANDBY -> EnumSet.of(FindingKind.MEMBER_DOWN, FindingKind.MEMBER_UNSEEN);
                case KUBERNETES ->
                    EnumSet.of(FindingKind.WATCH_STALE, FindingKind.RESOURCE_UNREACHABLE, FindingKind.LEASE_UNKNOWN);
                case JOURNAL_DISK -> EnumSet.of(FindingKind.JOURNAL_FAILING);
                case CLOCK -> EnumSet.noneOf(FindingKind.class);
                case OWN_PROCESSOR -> OF_OURS;
            };
        }
    }

    record Expected(FindingKind kind, String subject) {}

    /** While this process is late: that what it asks can't be seen. */
    static final Set<FindingKind> OF_OURS = Set.of(
            FindingKind.API_UNSEEN,
            FindingKind.WRITE_ENDPOINT_UNSEEN,
            FindingKind.MEMBER_UNSEEN,
            FindingKind.PRIMARY_UNKNOWN);

    /**
     * What a machine with too much to do brings about in any case: a session is renewed in half of a probe's time,
     * which is a quarter of a second here.
     */
    private static final Set<FindingKind> OF_A_BUSY_MACHINE =
            Set.of(FindingKind.OWN_PROCESS_LATE, FindingKind.NO_NEW_SESSIONS);

    static FaultCase of(FaultTarget target, Fault fault, boolean tls) {
        return new FaultCase(List.of(new Part(target, fault)), false, tls);
    }

    /** As {@link #toString} has it. */
    static FaultCase parse(String text) {
        String[] words = text.split(",", -1);
        List<Part> parts = Arrays.stream(words[0].split("\\+", -1))
                .map(part -> part.split(":", -1))
                .map(names -> new Part(FaultTarget.valueOf(names[0]), Fault.valueOf(names[1])))
                .toList();
        List<String> how = Arrays.asList(words);
        return new FaultCase(parts, how.contains("in-turn"), how.contains("tls"));
    }

    /** What must be found. Of two faults on one path, either hides the other. */
    List<Expected> expected() {
        List<Expected> all = new ArrayList<>();
        for (Part part : parts) {
            if (parts.stream()
                            .filter(other -> other.observed().equals(part.observed()))
                            .count()
                    == 1) {
                part.expected().ifPresent(all::add);
            }
        }
        return all;
    }

    boolean has(FaultTarget target) {
        return parts.stream().anyMatch(part -> part.target() == target);
    }

    boolean allows(FindingKind kind, String subject, boolean late) {
        if (kind == FindingKind.NOT_REDUNDANT) {
            return has(FaultTarget.FIRST_STANDBY) && has(FaultTarget.SECOND_STANDBY);
        }
        boolean ofMember = kind == FindingKind.MEMBER_DOWN || kind == FindingKind.MEMBER_UNSEEN;
        return (late && (OF_OURS.contains(kind) || isOfAWatch(kind, subject)))
                || OF_A_BUSY_MACHINE.contains(kind)
                || parts.stream()
                        .filter(part -> part.allowed().contains(kind))
                        .anyMatch(part -> !ofMember
                                || part.target() == FaultTarget.OWN_PROCESSOR
                                || part.observed().equals(subject));
    }

    /** What nobody looked at is a fault of ours that must not be found beside {@link FindingKind#OWN_PROCESS_LATE}. */
    private static boolean isOfAWatch(FindingKind kind, String subject) {
        return kind == FindingKind.WATCH_STALE && !subject.equals("watches");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(text.isEmpty() ? "" : "+")
                    .append(part.target())
                    .append(':')
                    .append(part.fault());
        }
        return text.append(inTurn ? ",in-turn" : "").append(tls ? ",tls" : "").toString();
    }
}
