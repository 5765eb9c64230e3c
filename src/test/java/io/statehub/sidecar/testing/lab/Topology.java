package io.statehub.sidecar.testing.lab;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Who follows whom, and how the lab gets from one arrangement to another. */
final class Topology {

    private static final Duration STREAMING = Duration.ofSeconds(90);
    /** Long enough for a walreceiver's second attempt; after that the member has diverged or its WAL is gone. */
    private static final Duration STREAMING_WITHOUT_RESEED = Duration.ofSeconds(3);

    private final PostgresLab lab;

    Topology(PostgresLab lab) {
        this.lab = lab;
    }

    void failover(LabMember to) {
        requireStandby(to);
        lab.promote(to);
        lab.routeTo(to);
        followers(to).stream()
                .filter(Topology::answersAsStandby)
                .filter(member ->
                        lab.find(upstreamName(member)).filter(to::equals).isPresent())
                .forEach(member -> member.server().follow(to.server()));
    }

    void switchover(LabMember to) {
        requireStandby(to);
        LabMember old = lab.primary();
        old.server().stop();
        failover(to);
        // An orderly shutdown sent everything to the standbys: the old primary has nothing that the new one lacks.
        old.server().becomeStandbyOf(to.server());
        old.server().start();
        awaitStreaming();
    }

    Optional<LabMember> bestStandby() {
        return lab.members().stream()
                .filter(member -> !member.isStranger() && member.preferredUpstream() == null)
                .filter(Topology::answersAsStandby)
                .max(Comparator.comparingLong(Topology::received));
    }

    void heal() {
        for (LabMember member : lab.members()) {
            if (member.server().isRunning()) {
                member.server().thaw();
            } else if (member.isStranger() || member.equals(lab.primary())) {
                member.server().start();
            }
            member.proxy().pass();
        }
        LabMember primary = lab.primary();
        lab.routeTo(primary);
        lab.writeEndpoint().pass();
        // Direct followers first: a cascaded member needs its upstream.
        followers(primary).stream()
                .sorted(Comparator.comparing(member -> member.preferredUpstream() != null))
                .forEach(this::restore);
        dropUnusedSlots();
    }

    private void restore(LabMember member) {
        PostgresServer server = member.server();
        PostgresServer upstream = lab.member(upstreamName(member)).server();
        if (!server.isRunning()) {
            // Whatever it was when it ended, even a primary: as a standby it either can follow, or is reseeded below.
            server.becomeStandbyOf(upstream);
            server.start();
        }
        if (answersAsStandby(member)) {
            lab.resumeReplay(member);
            server.follow(upstream);
            if (Waiting.until(STREAMING_WITHOUT_RESEED, () -> streams(member, upstream))) {
                return;
            }
        }
        server.reseedFrom(upstream);
        awaitStreaming(member);
    }

    void awaitStreaming() {
        followers(lab.primary()).forEach(this::awaitStreaming);
    }

    private void awaitStreaming(LabMember member) {
        PostgresServer upstream = lab.member(upstreamName(member)).server();
        Waiting.require(
                "%s streams from %s".formatted(member.name(), upstream.name()),
                STREAMING,
                () -> streams(member, upstream),
                member.server()::logTail);
    }

    private List<LabMember> followers(LabMember primary) {
        return lab.members().stream()
                .filter(member -> !member.isStranger())
                .filter(Predicate.not(primary::equals))
                .toList();
    }

    private String upstreamName(LabMember member) {
        String preferred = member.preferredUpstream();
        return preferred == null ? lab.primary().name() : preferred;
    }

    /** Caught up as well: a diverged standby may be seen streaming for a moment, but never gets there. */
    private static boolean streams(LabMember member, PostgresServer upstream) {
        return member.server().isRunning()
                && upstream.query("""
                                SELECT state = 'streaming' AND replay_lsn >= CASE WHEN pg_is_in_recovery()
                                       THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
                                FROM pg_stat_replication WHERE application_name = '%s'""".formatted(member.name()))
                        .filter("t"::equals)
                        .isPresent();
    }

    private static boolean answersAsStandby(LabMember member) {
        return member.server().isRunning()
                && member.server().answers()
                && member.server().isInRecovery();
    }

    private static void requireStandby(LabMember member) {
        if (!answersAsStandby(member)) {
            throw new LabException(member.name() + " is not a standby that answers");
        }
    }

    private static long received(LabMember member) {
        return member.server()
                .query("SELECT greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) - '0/0'::pg_lsn")
                .map(Long::parseLong)
                .orElse(0L);
    }

    /** Slots of an earlier arrangement would hold write-ahead log that nobody will come for. */
    private void dropUnusedSlots() {
        for (LabMember member : lab.members()) {
            List<String> wanted = followers(lab.primary()).stream()
                    .filter(follower -> upstreamName(follower).equals(member.name()))
                    .map(follower -> "'" + follower.server().slotName() + "'")
                    .toList();
            member.server()
                    .execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                            + " WHERE NOT active AND slot_name LIKE 'lab\\_%'"
                            + (wanted.isEmpty() ? "" : " AND slot_name NOT IN (" + String.join(", ", wanted) + ")"));
        }
    }
}
