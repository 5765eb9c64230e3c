-- The schema for heartbeats, version 1. Run it in the database of statehub.postgres.url, as a role that may create a schema there:
--
--   psql --single-transaction --set ON_ERROR_STOP=1 -f heartbeat.sql
--
-- Replace state_hub_sidecar by the role that the sidecar logs in as and, if statehub.heartbeat.schema is set, statehub_sidecar by
-- that.
--
-- Run twice, it changes nothing.

CREATE SCHEMA IF NOT EXISTS statehub_sidecar;

CREATE TABLE IF NOT EXISTS statehub_sidecar.schema_version (
    version integer NOT NULL
);

INSERT INTO statehub_sidecar.schema_version (version)
SELECT 1 WHERE NOT EXISTS (SELECT FROM statehub_sidecar.schema_version);

-- Who writes under which name, and the newest beat of each. The time is the server's, compared with that of the same server alone,
-- to find names that nobody uses any more. Pages are left nearly empty, so that an update leaves no work to the index.
CREATE TABLE IF NOT EXISTS statehub_sidecar.writer (
    writer text PRIMARY KEY,
    run text NOT NULL,
    sequence bigint NOT NULL CHECK (sequence >= 1),
    written_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 10);

-- The newest beats of each writer, as a ring: slot = sequence modulo statehub.heartbeat.history, so it can't grow.
CREATE TABLE IF NOT EXISTS statehub_sidecar.beat (
    writer text NOT NULL,
    slot integer NOT NULL,
    run text NOT NULL,
    sequence bigint NOT NULL CHECK (sequence >= 1),
    PRIMARY KEY (writer, slot)
) WITH (fillfactor = 50);

-- The writes of failover drills, each with a number of its own; a drill deletes its own rows at its end. It came after the others
-- and changes nothing for them, so the version stays 1.
CREATE TABLE IF NOT EXISTS statehub_sidecar.canary (
    drill text NOT NULL,
    sequence bigint NOT NULL CHECK (sequence >= 1),
    PRIMARY KEY (drill, sequence)
);

GRANT USAGE ON SCHEMA statehub_sidecar TO state_hub_sidecar;
GRANT SELECT ON statehub_sidecar.schema_version TO state_hub_sidecar;
GRANT SELECT, INSERT, UPDATE, DELETE ON statehub_sidecar.writer, statehub_sidecar.beat TO state_hub_sidecar;
GRANT SELECT, INSERT, DELETE ON statehub_sidecar.canary TO state_hub_sidecar;

-- Optional, by a superuser: with it the exact position is known at which a timeline began, and lost bytes are exact. It lets the
-- role read any file of the server's data directory, so weigh it.
--
--   GRANT EXECUTE ON FUNCTION pg_read_file(text, bigint, bigint, boolean) TO state_hub_sidecar;
