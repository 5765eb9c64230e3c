-- The sidecar's role, for a cluster whose roles a DBA makes; the component database has it made by the operator.
-- Run as a superuser, in the database of the API; set the password afterwards with \password state_hub_sidecar.
-- On the primary each sidecar holds three sessions, and has nine at most, also while logins hang: enough for three.
CREATE ROLE state_hub_sidecar LOGIN CONNECTION LIMIT 30 IN ROLE pg_monitor;

-- The exact point at which a timeline forked is in a history file, which pg_monitor may not read. Without this the bytes
-- that a failover lost are told with bounds. Optional: with it the role may read any file of the server's data directory,
-- tables included. Leave it out where that is too much.
GRANT EXECUTE ON FUNCTION pg_read_file(text, bigint, bigint, boolean) TO state_hub_sidecar;
