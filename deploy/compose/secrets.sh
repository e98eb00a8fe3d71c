#!/bin/sh
# Makes the secrets of one bank in containers: run before everything else at each `docker compose up`, as user 10001.
# Each service has a volume of its own below /secrets and sees no other. What exists is kept; the settings that follow
# from it are written anew, so that a bank started without the profile `postgres` is on SQLite again.
set -eu
umask 077
random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }

clients=""
for service in identity accounts transactions support notifications gateway; do
    folder=/secrets/$service
    variable=$(echo "$service" | tr '[:lower:]' '[:upper:]')_CLIENT_SECRET
    [ -s "$folder/secret" ] || random >"$folder/secret"
    echo "$variable=$(cat "$folder/secret")" >"$folder/10-secret.env"
    rm -f "$folder/20-store.env"
    digest=$(sha256sum "$folder/secret" | cut -d' ' -f1)
    clients="$clients${clients:+,}\"$service\":\"$digest\""
done
# The gateway sends the ledger's commands straight to the one writer.
echo "GATEWAY_LEDGER_SOCKET=/run/strongroom/ledger.sock" >/secrets/gateway/20-store.env
[ -s /secrets/postgres/password ] || random >/secrets/postgres/password
# Read by the database server, which runs as another user and shares this volume with nobody else.
chmod 0755 /secrets/postgres
chmod 0444 /secrets/postgres/password
echo "IDENTITY_SERVICE_CLIENTS={$clients}" >>/secrets/identity/10-secret.env
