package io.statehub.sidecar.testing.lab;

import java.io.IOException;

/** Facts about the running lab, asked for at this moment and not remembered. */
final class LabStatus {

    private static final String HEADER = "%-7s %-9s %-9s %4s %-13s %-24s %7s %6s %6s  %s";

    /**
     * The timeline is not that of the last checkpoint, which is old after a promotion; the greater position, because a
     * receiver that reconnects reports the start of its segment, behind what was replayed.
     */
    private static final String FACTS = """
            SELECT concat_ws('|',
              CASE WHEN pg_is_in_recovery() THEN 'standby' ELSE 'primary' END,
              coalesce(CASE WHEN pg_is_in_recovery() THEN (SELECT received_tli FROM pg_stat_wal_receiver)
                   ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END::text, '?'),
              CASE WHEN pg_is_in_recovery() THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                   ELSE pg_current_wal_lsn() END,
              CASE WHEN NOT pg_is_in_recovery()
                   THEN (SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming') || ' streaming standbys'
                   ELSE coalesce((SELECT w.status FROM pg_stat_wal_receiver w), 'no receiver')
                        || CASE WHEN pg_get_wal_replay_pause_state() = 'not paused' THEN '' ELSE ', replay paused' END
              END)""";

    private final PostgresLab lab;
    private final StandInApi api;
    private final SidecarProcess sidecar;

    LabStatus(PostgresLab lab, StandInApi api, SidecarProcess sidecar) {
        this.lab = lab;
        this.api = api;
        this.sidecar = sidecar;
    }

    String describe() {
        StringBuilder text = new StringBuilder(HEADER.formatted(
                "member", "state", "role", "tli", "lsn", "replication", "pid", "direct", "proxy", "sidecar sees"));
        for (LabMember member : lab.members()) {
            text.append('\n').append(describe(member));
        }
        String target = lab.members().stream()
                .filter(member -> member.server().port() == lab.writeEndpoint().targetPort())
                .map(LabMember::name)
                .findFirst()
                .orElse("nobody");
        text.append(
                "\nwrites go to %s (%s)".formatted(target, lab.writeEndpoint().behaviour()));
        text.append("\napi is %s, %d requests so far".formatted(api.mode(), api.served()));
        text.append("\nsidecar /q/health/ready: ").append(readiness());
        return text.toString();
    }

    private static String describe(LabMember member) {
        PostgresServer server = member.server();
        if (!server.isRunning()) {
            return row(member, "down", new String[] {"-", "-", "-", "-"}, "-");
        }
        String pid = Long.toString(server.pid());
        try {
            String[] facts = server.query(FACTS).orElseThrow().split("\\|", -1);
            return row(member, "running", facts, pid);
        } catch (LabException noAnswer) {
            return row(member, "no answer", new String[] {"?", "?", "?", "?"}, pid);
        }
    }

    private static String row(LabMember member, String state, String[] facts, String pid) {
        return HEADER.formatted(
                member.name(),
                state,
                facts[0],
                facts[1],
                facts[2],
                facts[3],
                pid,
                member.server().port(),
                member.proxy().port(),
                member.proxy().behaviour());
    }

    private String readiness() {
        if (!sidecar.isRunning()) {
            return "the sidecar is not running";
        }
        try {
            SidecarProcess.Answer answer = sidecar.get("/q/health/ready");
            return answer.status() + " " + answer.body().replaceAll("\\s+", " ");
        } catch (IOException failure) {
            return "no answer: " + failure;
        }
    }
}
