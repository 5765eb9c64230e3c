#!/usr/bin/env bash
# Dumps the database, encrypts the dump on its way for all recipients, and puts it into an object store, its digest beside it.
# What can be read never touches a disk. The database by PGHOST and the like; the store by DUMP_*.
set -euo pipefail

# One upload may be so large, by the protocol of S3.
readonly most_bytes=$((5 * 1024 * 1024 * 1024))

fail() {
  printf 'dump: %s\n' "$*" >&2
  exit 1
}

put() {
  # By a file, since arguments can be seen by whoever sees the processes.
  curl --silent --show-error --fail --retry 3 --connect-timeout 10 --output /dev/null \
    --aws-sigv4 "aws:amz:$DUMP_REGION:s3" \
    --config <(printf 'user = "%s:%s"\n' "$DUMP_ACCESS_KEY_ID" "$DUMP_ACCESS_SECRET_KEY") \
    --upload-file "$1" "$DUMP_URL/${1##*/}" || fail "$DUMP_URL did not take ${1##*/}"
}

for name in PGHOST PGDATABASE DUMP_RECIPIENTS DUMP_DIRECTORY DUMP_URL DUMP_REGION DUMP_ACCESS_KEY_ID DUMP_ACCESS_SECRET_KEY; do
  [ -n "${!name:-}" ] || fail "$name is not set"
done
grep -Eq '^(age1|ssh-)' "$DUMP_RECIPIENTS" || fail "$DUMP_RECIPIENTS names no recipient: it must have a public key of age, one a line"

dump=$DUMP_DIRECTORY/$PGDATABASE-$(date -u +%Y%m%dT%H%M%SZ).dump.age
trap 'rm -f "$dump" "$dump.sha256"' EXIT

pg_dump --format=custom --no-password | age --encrypt --recipients-file "$DUMP_RECIPIENTS" --output "$dump" ||
  fail "$PGDATABASE on $PGHOST was not dumped"
bytes=$(stat --format=%s "$dump")
[ "$bytes" -le "$most_bytes" ] || fail "the dump has $bytes bytes; allowed: $most_bytes in one upload"
(cd "$DUMP_DIRECTORY" && sha256sum "${dump##*/}") >"$dump.sha256"

put "$dump"
put "$dump.sha256"
printf 'dump: %s, %s bytes, SHA-256 %s\n' "$DUMP_URL/${dump##*/}" "$bytes" "$(cut -d ' ' -f 1 "$dump.sha256")"
