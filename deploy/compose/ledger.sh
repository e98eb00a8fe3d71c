#!/bin/bash
# One replica of the ledger. On SQLite it is the API alone: the one writer is a container of its own. On PostgreSQL every
# replica brings its writer, reached over a socket that nobody else sees, as the containers of one pod would be.
set -u
if [ -z "${TRANSACTIONS_DATABASE_URL:-}" ]; then
    exec python -m services.transactions.main
fi
export TRANSACTIONS_WRITER_SOCKET=/tmp/ledger.sock
python -m services.transactions.writer &
writer=$!
python -m services.transactions.main &
api=$!
# Asked to end, the API finishes what it has begun with the writer still there.
trap 'kill -TERM $api; wait $api; kill -TERM $writer; wait $writer; exit 0' TERM INT
wait -n "$writer" "$api"
kill -TERM "$api" "$writer" 2>/dev/null
wait
exit 1
