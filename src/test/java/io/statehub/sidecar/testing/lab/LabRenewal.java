package io.statehub.sidecar.testing.lab;

import java.util.List;
import java.util.Optional;

/** Brings a lab back to what it was when it started, whatever was done to it since; only its timeline continues. */
final class LabRenewal {

    private final PostgresLab lab;

    LabRenewal(PostgresLab lab) {
        this.lab = lab;
    }

    /** @throws LabException when the lab can't be brought back */
    void run() {
        for (LabMember member : lab.members()) {
            if (!lab.firstNames().contains(member.name())) {
                lab.remove(member);
            }
        }
        // Before anything else: what a test set may be what keeps the members apart.
        List<PostgresServer> altered = lab.members().stream()
                .map(LabMember::server)
                .filter(LabRenewal::forgetAlterations)
                .toList();
        lab.heal();
        altered.forEach(LabRenewal::restart);
        lab.withdrawTls();
        LabMember first = lab.member(lab.firstNames().get(0));
        if (!lab.primary().equals(first)) {
            lab.awaitStreaming();
            lab.switchover(first);
        }
        lab.members()
                .forEach(member -> member.server()
                        .execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                                + " WHERE slot_name NOT LIKE 'lab\\_%'"));
        LabRoles.recreateOn(first.server());
        first.server().execute("SELECT pg_stat_reset_shared('archiver')");
        lab.awaitStreaming();
        // Whoever led before has slots for those that followed it.
        lab.members().stream()
                .filter(member -> !member.equals(first))
                .forEach(member -> member.server()
                        .execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                                + " WHERE NOT active"));
        lab.members().forEach(this::check);
    }

    private static boolean forgetAlterations(PostgresServer server) {
        server.synchronous(false);
        boolean ran = server.isRunning();
        return server.forgetAlterations() && ran;
    }

    private static void restart(PostgresServer server) {
        server.stop();
        server.start();
    }

    private void check(LabMember member) {
        String wanted =
                member.equals(lab.primary()) ? "primary, 2 followers, 2 slots" : "standby, 0 followers, 0 slots";
        Optional<String> found = member.server().query("""
                SELECT CASE WHEN pg_is_in_recovery() THEN 'standby' ELSE 'primary' END
                       || ', ' || (SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming') || ' followers'
                       || ', ' || (SELECT count(*) FROM pg_replication_slots) || ' slots'
                       || (SELECT coalesce(string_agg(', ' || name || ' = ' || setting, ''), '') FROM pg_settings
                           WHERE name IN ('synchronous_standby_names', 'archive_mode', 'ssl',
                               'default_transaction_read_only')
                           AND setting NOT IN ('', 'off'))""");
        if (!found.equals(Optional.of(wanted))) {
            throw new LabException("%s is '%s' after the renewal, and should be '%s'"
                    .formatted(member.name(), found.orElse(""), wanted));
        }
    }
}
