#!/bin/sh
# Reading messages from PostgreSQL against reading the same ones as CSV: a cluster of its own on loopback, gone afterwards.
#   Benchmarks/postgres/run.sh [FOLDER]      ROWS=10000000 RUNS=3 TASKS=2 KPI=path/to/kpi in the environment change it.
# Needs python3, Debian's postgresql and, without KPI, a Swift toolchain. As root the server runs as the user postgres.
# Prints wall and CPU seconds of kpi, its peak memory, rows a second, and the CPU seconds of the server; last the same with
# the server's answers sent from a file (replay.py), which is what reading takes when the server has cores of its own.
#
# 2026-11-23, 6 million rows, two cores, medians of 3 and 5: with the server on the same cores 1.63 to 2.04 million rows/s
# (kpi 2.2 to 2.6 CPU seconds, server 3.6 to 4.4); with its answers from a file 5.0 million rows/s (2.2 CPU seconds).
#
# Where the limit is when server and client share two cores (2026-11-23, PostgreSQL 15, 4 million of these rows, bare
# `psql -c "COPY (SELECT the 8 columns) TO STDOUT" > /dev/null`, CPU seconds of server + psql, machine busy with other work):
#   CSV, TimeZone UTC   3.56 + 0.41     text      3.99 + 0.46 (in the zone of the machine, CSV there 4.34 + 0.86)
#   binary              3.13 + 0.50     CSV without sent_at  2.82 + 0.38     CSV into the server's own /dev/null  4.23
#   sent_at as extract(epoch)  5.15 + 0.63, as date_part('epoch') 4.17 + 0.56: dearer than its text.
# Two cores that do nothing else therefore send at most 2.0 million rows/s as CSV before anybody has read one, 2.2 as binary.
# 6 million rows on two otherwise quiet cores (2026-11-23): read and split 1.44 million rows/s, server 4.74 and kpi 2.81 CPU
# seconds; the same rows as CSV 7.2 million/s, 1.62. At 2 million a second they take 3 s, that is 6 CPU seconds for both.
# Reaching 2 million a second with the reading takes a server that does not share its cores with us.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
rows=${ROWS:-10000000}; runs=${RUNS:-3}; tasks=${TASKS:-2}
kpi=${KPI:-}
if [ -z "$kpi" ]; then
    swift build -c release --package-path "$here/../.." --product kpi
    kpi="$here/../../.build/release/kpi"
fi
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$programs" ] || { echo "PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }
work=$(mktemp -d "${1:-/tmp}/kpi-postgres-XXXXXX")
as=""
if [ "$(id -u)" -eq 0 ]; then
    as="setpriv --reuid=postgres --regid=postgres --clear-groups"
fi
mkdir "$work/server"; chmod 755 "$work"
[ -z "$as" ] || chown postgres "$work/server"
replay=""
cleanup() {
    [ -z "$replay" ] || kill "$replay" 2>/dev/null || true
    $as "$programs/pg_ctl" -D "$work/server/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
$as "$programs/initdb" -D "$work/server/data" -U bench -A trust --no-sync -E UTF8 --locale=C.UTF-8 >/dev/null
$as "$programs/pg_ctl" -D "$work/server/data" -w -l "$work/server/log" \
    -o "-p $port -h 127.0.0.1 -k $work/server -F" start >/dev/null
sql() { psql -qAtX -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U bench "$@"; }
sql postgres -c 'CREATE DATABASE crm'
# The columns of make_group.py's messages, and two that nothing maps.
sql crm <<SQL
CREATE UNLOGGED TABLE messages AS SELECT 'M' || i AS message_id, 'V' || i / 4 AS conversation_id, 'S' || 1 + i / 4 % 300 AS store_id,
    'S' || 1 + i / 4 % 300 || '-C' || i / 4 % 900 AS customer_id, (ARRAY['email', 'sms', 'phone', 'chat'])[1 + i / 4 % 4] AS channel,
    CASE WHEN i % 2 = 0 THEN 'inbound' ELSE 'outbound' END AS direction,
    CASE WHEN i % 2 = 0 THEN NULL ELSE 'S' || 1 + i / 4 % 300 || '-P' || i % 30 END AS person_id,
    timestamptz '2026-07-01 00:00+00' + i * interval '0.7 s' AS sent_at, 'words that nobody asks for ' || i AS body, i AS internal
    FROM generate_series(0, $rows - 1) i;
VACUUM ANALYZE messages;
SQL
for way in postgres csv; do
    mkdir -p "$work/$way/exports"
    cat "$here/../group.dealership.yaml" > "$work/$way/dealership.yaml"
done
cat >> "$work/postgres/dealership.yaml" <<YAML
exports:
  messages: { postgres: { connect: "host=127.0.0.1 port=$port dbname=crm user=bench sslmode=disable", table: messages } }
YAML
sql crm -c "COPY (SELECT message_id, conversation_id, store_id, customer_id, channel, direction, person_id, sent_at FROM messages)
    TO STDOUT (FORMAT csv, HEADER)" > "$work/csv/exports/messages.csv"
cat > "$work/tables.yaml" <<YAML
tables:
  - { name: volumes, measure: volume, by: [channel, month], columns: [conversations, messages] }
YAML
measure() {
    TMPDIR=$work python3 "$here/measure.py" "$rows" "$1" "$work/server/data/postmaster.pid" \
        "csv=$kpi tables $work/tables.yaml $work/csv -o $work/out-csv --tasks $tasks" \
        "postgres=$kpi tables $work/tables.yaml $work/postgres -o $work/out-postgres --tasks $tasks"
}
echo "The whole way, rows to a table of volumes:"
measure 1
diff -r "$work/out-csv" "$work/out-postgres" && echo "equal tables"
echo "Reading alone: every row is split, compared with \`only:\` and left out:"
sed -i 's/{ postgres:/{ only: { channel: [none] }, postgres:/' "$work/postgres/dealership.yaml"
printf 'exports:\n  messages: { only: { channel: [none] }, file: messages.csv }\n' >> "$work/csv/dealership.yaml"
measure "$runs"
echo "The same with the server's answers sent from a file, as by a server on cores of its own:"
mkdir "$work/answers"
python3 "$here/replay.py" "$port" "$work/answers" > "$work/replay.port" &
replay=$!
while [ ! -s "$work/replay.port" ]; do sleep 0.1; done
echo "$replay" > "$work/replay.pid"
sed -i "s/port=$port/port=$(cat "$work/replay.port")/" "$work/postgres/dealership.yaml"
"$kpi" tables "$work/tables.yaml" "$work/postgres" -o "$work/out-postgres" --tasks "$tasks" >/dev/null
TMPDIR=$work python3 "$here/measure.py" "$rows" "$runs" "$work/replay.pid" \
    "csv=$kpi tables $work/tables.yaml $work/csv -o $work/out-csv --tasks $tasks" \
    "postgres=$kpi tables $work/tables.yaml $work/postgres -o $work/out-postgres --tasks $tasks"
