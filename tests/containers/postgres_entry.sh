#!/bin/bash
# The entry point of the stand-in for postgres: makes the cluster once from POSTGRES_USER, POSTGRES_PASSWORD (or
# POSTGRES_PASSWORD_FILE) and /docker-entrypoint-initdb.d, then serves. It runs as the user postgres.
set -euo pipefail
user=${POSTGRES_USER:-postgres}
password=${POSTGRES_PASSWORD:-$(cat "${POSTGRES_PASSWORD_FILE:-/dev/null}")}
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    initdb --encoding=UTF8 --locale=C.UTF-8 --auth=scram-sha-256 --username="$user" --pwfile=<(echo "$password") --pgdata="$PGDATA" >/dev/null
    echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
    pg_ctl --wait --options='-c listen_addresses=' start >/dev/null
    export PGPASSWORD=$password
    for script in /docker-entrypoint-initdb.d/*; do
        # shellcheck source=/dev/null
        case $script in
            *.sql) psql --quiet --username="$user" --dbname=postgres --file="$script" ;;
            *.sh) . "$script" ;;
        esac
    done
    pg_ctl --mode=fast stop >/dev/null
fi
if [ "${1:-}" = postgres ]; then shift; fi
exec postgres -c listen_addresses='*' "$@"
