#!/bin/sh
# The entry point of the bank's images: reads the secrets that were mounted as files, then becomes the command, or the
# API of the image's service if none was given. A value in the environment is stronger than one in a file.
set -eu
for file in "${BANK_SECRETS_DIR:-/run/secrets/bank}"/*.env; do
    [ -r "$file" ] || continue
    while IFS='=' read -r name value; do
        case $name in
            '' | \#*) ;;
            *) [ -n "$(printenv "$name" || true)" ] || export "$name=$value" ;;
        esac
    done <"$file"
done
if [ $# = 0 ]; then
    if [ "$SERVICE" = gateway ]; then set -- python -m gateway.main; else set -- python -m "services.$SERVICE.main"; fi
fi
exec "$@"
