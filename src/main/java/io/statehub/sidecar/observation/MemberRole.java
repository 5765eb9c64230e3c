package io.statehub.sidecar.observation;

/** What a PostgreSQL server is at the moment: out of recovery, or replaying another server's log. */
public enum MemberRole {
    PRIMARY,
    STANDBY
}
