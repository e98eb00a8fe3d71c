#!/bin/sh
# The profile `postgres`: makes one role and one database per service, and tells each service alone where its store is.
# Runs after secrets.sh and before the migrations; doing it again changes nothing.
set -eu
umask 077
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
PGPASSWORD=$(cat /secrets/postgres/password)
export PGPASSWORD PGHOST=postgres PGUSER=postgres PGDATABASE=postgres

# There may be several writers now, one in each replica of the ledger: commands go through its doors.
rm -f /secrets/gateway/20-store.env
until pg_isready --quiet; do sleep 0.2; done
for service in identity accounts transactions support notifications; do
    folder=/secrets/$service
    variable=$(echo "$service" | tr '[:lower:]' '[:upper:]')_DATABASE_URL
    [ -s "$folder/store-password" ] || random >"$folder/store-password"
    password=$(cat "$folder/store-password")
    psql --quiet --set ON_ERROR_STOP=1 <<SQL
SELECT 'CREATE ROLE $service LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$service') \gexec
ALTER ROLE $service PASSWORD '$password';
SELECT 'CREATE DATABASE $service OWNER $service' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '$service') \gexec
REVOKE CONNECT ON DATABASE $service FROM PUBLIC;
SQL
    echo "$variable=postgresql+psycopg://$service:$password@postgres:5432/$service" >"$folder/20-store.env"
done
