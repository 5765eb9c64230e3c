-- The heartbeats of State Hub Sidecar, version 1. For a DBA, once, in the database that the write endpoint leads to:
--
--   psql -f heartbeat.sql
--
-- Two names may be changed throughout: the schema statehub_sidecar (setting statehub.heartbeat.schema) and the role
-- state_hub_sidecar, which the sidecar logs in as (setting statehub.postgres.username). It may be run again.
--
-- A sidecar updates two rows a beat and never more: a writer's beats go round in slots.

CREATE SCHEMA IF NOT EXISTS statehub_sidecar;

CREATE TABLE IF NOT EXISTS statehub_sidecar.schema_version (
    version integer PRIMARY KEY
);
INSERT INTO statehub_sidecar.schema_version (version)
SELECT 1 WHERE NOT EXISTS (SELECT FROM statehub_sidecar.schema_version);

-- The newest beat of each writer, and whose run of it that is.
CREATE TABLE IF NOT EXISTS statehub_sidecar.writer (
    writer   text PRIMARY KEY,
    run      text NOT NULL,
    sequence bigint NOT NULL
) WITH (fillfactor = 50);

-- The beats themselves, so that those that are missing can be counted one by one.
CREATE TABLE IF NOT EXISTS statehub_sidecar.beat (
    writer   text NOT NULL,
    slot     integer NOT NULL,
    run      text NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (writer, slot)
) WITH (fillfactor = 50);

GRANT USAGE ON SCHEMA statehub_sidecar TO state_hub_sidecar;
GRANT SELECT ON statehub_sidecar.schema_version TO state_hub_sidecar;
GRANT SELECT, INSERT, UPDATE ON statehub_sidecar.writer, statehub_sidecar.beat TO state_hub_sidecar;
