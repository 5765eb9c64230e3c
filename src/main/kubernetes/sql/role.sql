-- The sidecar's role, for a cluster whose roles a DBA makes; the component database has it made by the operator.
-- Run as a superuser, in the database of the API; set the password afterwards with \password state_hub_sidecar.
-- On the primary each sidecar has three connections, and for a moment more after one was lost.
CREATE ROLE state_hub_sidecar LOGIN CONNECTION LIMIT 30 IN ROLE pg_monitor;

-- The exact point at which a timeline forked is in a history file, which pg_monitor may not read. Without this the bytes
-- that a failover lost are told with bounds.
GRANT EXECUTE ON FUNCTION pg_read_file(text, bigint, bigint, boolean) TO state_hub_sidecar;
