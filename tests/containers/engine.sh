#!/usr/bin/env bash
# Gives the container lane an engine and the images that the project stands on, on a bare Debian 12 machine too.
#   eval "$(tests/containers/engine.sh start)"   uses the engine that answers, else starts one (as root); sets DOCKER_HOST
#   tests/containers/engine.sh stop              ends the engine that this script started, and nothing else
# Where no image can be pulled, images of the same names are made from Debian's packages (label strongroom.stand-in).
# They show that our own images and their wiring work; they say nothing about the images that they stand in for.
set -euo pipefail
STATE=${ENGINE_DIR:-/tmp/strongroom-engine}
SOCKET=unix://$STATE/docker.sock
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export DEBIAN_FRONTEND=noninteractive

say() { echo "engine: $*" >&2; }
refuse() {
    say "$*"
    exit 1
}
answers() { timeout 15 docker info >/dev/null 2>&1; }
has_plugins() { docker compose version >/dev/null 2>&1 && docker buildx version >/dev/null 2>&1; }

install_engine() {
    if ! command -v dockerd >/dev/null || ! command -v mmdebstrap >/dev/null || ! command -v docker >/dev/null; then
        say "installing Debian's docker.io and mmdebstrap"
        apt-get update -qq >&2
        apt-get install -y -qq --no-install-recommends docker.io containerd runc iptables mmdebstrap >&2
    fi
}

# Debian 12 has no compose 2 and no buildx; Debian 13's packages are two static programs. They are fetched with package
# lists of their own, so the machine's sources stay as they are.
install_plugins() {
    has_plugins && return
    local apt=$STATE/apt plugins=${DOCKER_CONFIG:-$HOME/.docker}/cli-plugins mirror package
    mirror=$(cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null |
        grep -oE 'https?://[^ ]+/debian/?([[:space:]]|$)' | head -1 | tr -d '[:space:]') || true
    [ -n "$mirror" ] || refuse "no Debian mirror is configured, so compose and buildx cannot be fetched"
    mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$plugins"
    : >"$apt/status"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$apt/sources.list"
    cat >"$apt/apt.conf" <<CONF
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$apt/lists";
Dir::State::status "$apt/status";
Dir::Cache::archives "$apt/archives";
CONF
    say "fetching compose and buildx"
    (
        cd "$apt"
        export APT_CONFIG=$apt/apt.conf
        apt-get update -qq >&2
        apt-get download -qq docker-compose docker-buildx >&2
    )
    for package in "$apt"/*.deb; do dpkg-deb -x "$package" "$apt/unpacked"; done
    cp "$apt"/unpacked/usr/libexec/docker/cli-plugins/* "$plugins/"
}

start_engine() {
    export DOCKER_HOST=$SOCKET
    answers && return
    say "starting dockerd in $STATE"
    setsid dockerd --host "$SOCKET" --data-root "$STATE/data" --exec-root "$STATE/run" --pidfile "$STATE/dockerd.pid" \
        --bip 10.213.255.1/24 --default-address-pool base=10.213.0.0/17,size=24 \
        --default-ulimit nofile=16384:16384 >"$STATE/dockerd.log" 2>&1 </dev/null &
    for _ in $(seq 60); do
        answers && return
        sleep 0.5
    done
    tail -5 "$STATE/dockerd.log" >&2
    refuse "dockerd does not answer"
}

start() {
    mkdir -p "$STATE"
    if ! { command -v docker >/dev/null && answers; }; then
        [ "$(id -u)" = 0 ] || refuse "no engine answers, and only root can start one"
        command -v apt-get >/dev/null || refuse "no engine answers, and this machine has no apt to install one"
        install_engine
        start_engine
    fi
    install_plugins
    STATE=$STATE "$HERE/stand_ins.sh"
    [ -z "${DOCKER_HOST:-}" ] || echo "export DOCKER_HOST=$DOCKER_HOST"
}

stop() {
    [ -f "$STATE/dockerd.pid" ] || return 0
    local pid
    pid=$(cat "$STATE/dockerd.pid")
    kill "$pid" 2>/dev/null || return 0
    for _ in $(seq 60); do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.5
    done
}

case ${1:-} in
    start | stop) "$1" ;;
    *) echo "usage: engine.sh start | stop" >&2 && exit 2 ;;
esac
