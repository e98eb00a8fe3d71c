#!/usr/bin/env bash
# Signs in to the registry, runs and smokes the built images, and pushes them:
#   images.sh login | smoke | push
# REGISTRY is where they go (docker.io/<user>, localhost:5000); TAG is the commit unless given. DOCKERHUB_USER and
# DOCKERHUB_TOKEN come from the environment and are written nowhere.
set -euo pipefail
# shellcheck source=deploy/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
DOCKER=${DOCKER:-docker}
START_SECONDS=60

login() {
    need "$DOCKER" "install a container engine"
    if dry; then
        echo "+ $DOCKER login --username \$DOCKERHUB_USER --password-stdin ${REGISTRY%%/*}"
        return
    fi
    [ -n "${DOCKERHUB_USER:-}" ] && [ -n "${DOCKERHUB_TOKEN:-}" ] || refuse "set DOCKERHUB_USER and DOCKERHUB_TOKEN"
    printf %s "$DOCKERHUB_TOKEN" | "$DOCKER" login --username "$DOCKERHUB_USER" --password-stdin "${REGISTRY%%/*}"
}

push() {
    [ -n "${REGISTRY:-}" ] || refuse "set REGISTRY to where the images go, for example docker.io/<user>"
    need "$DOCKER" "install a container engine"
    local tag
    tag=$(the_tag)
    for name in "${IMAGES[@]}"; do
        run "$DOCKER" tag "strongroom/$name:$tag" "$(image_of "$name"):$tag"
        run "$DOCKER" push --quiet "$(image_of "$name"):$tag"
    done
    say "pushed ${#IMAGES[@]} images with tag $tag to $REGISTRY"
}

# What a service does before its first request, in one container: a store (and for identity a key), then the API.
service_command() {
    local keys=""
    [ "$1" = identity ] && keys="from pathlib import Path; from services.identity.store.key_files import ensure_signing_key; ensure_signing_key(Path('/data/keys'))"
    echo "python -m shared.store.migrate $1 && python -c \"$keys\" && exec python -m services.$1.main"
}

start_image() { # name, port → container id
    local name=$1 port=$2 upper=${1^^} tag
    tag=$(the_tag)
    local options=(run --detach --read-only --cap-drop ALL --security-opt no-new-privileges
        --user 10001:10001 --tmpfs /tmp:mode=1777 --tmpfs "/data:uid=10001,gid=10001,mode=0700" --publish "127.0.0.1::$port")
    case $name in
        frontend) "$DOCKER" "${options[@]}" "strongroom/$name:$tag" ;;
        gateway)
            "$DOCKER" "${options[@]}" --env BANK_ENVIRONMENT=sandbox --env GATEWAY_HOST=0.0.0.0 --env GATEWAY_OPS_HOST=0.0.0.0 \
                "strongroom/$name:$tag" python -m gateway.main
            ;;
        *)
            "$DOCKER" "${options[@]}" --env BANK_ENVIRONMENT=sandbox --env BANK_DATA_DIR=/data --env "${upper}_HOST=0.0.0.0" \
                --env "${upper}_LISTENER=off" --env IDENTITY_KEYS_DIR=/data/keys "strongroom/$name:$tag" sh -c "$(service_command "$name")"
            ;;
    esac
}

smoke_one() { # name, port, path
    local id address waited=0
    id=$(start_image "$1" "$2")
    until address=$("$DOCKER" port "$id" "$2" 2>/dev/null | head -1) && [ -n "$address" ] \
        && curl --silent --fail --max-time 2 --output /dev/null "http://$address$3"; do
        waited=$((waited + 1))
        if [ "$waited" -gt "$START_SECONDS" ]; then
            "$DOCKER" logs --tail 20 "$id" >&2 || true
            "$DOCKER" rm --force "$id" >/dev/null || true
            refuse "the image of $1 did not answer $3 within $START_SECONDS s"
        fi
        sleep 1
    done
    "$DOCKER" stop --time 15 "$id" >/dev/null
    "$DOCKER" rm "$id" >/dev/null
    say "$1 answers $3 after ${waited} s, read-only and without capabilities"
}

smoke() {
    need "$DOCKER" "install a container engine"
    local port=8001
    for name in identity accounts transactions support notifications; do
        if dry; then echo "+ run strongroom/$name:$(the_tag), wait for /readyz on $port, stop it"; else smoke_one "$name" "$port" /readyz; fi
        port=$((port + 1))
    done
    if dry; then
        echo "+ run strongroom/gateway:$(the_tag), wait for /readyz on 8081, stop it"
        echo "+ run strongroom/frontend:$(the_tag), wait for /healthz on 8080, stop it"
        return
    fi
    smoke_one gateway 8081 /readyz
    smoke_one frontend 8080 /healthz
}

case ${1:-} in
    login | push | smoke) "$1" ;;
    *) echo "usage: images.sh login | smoke | push" >&2 && exit 2 ;;
esac
