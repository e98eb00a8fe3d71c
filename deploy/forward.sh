#!/usr/bin/env bash
# Ports of this machine to the cluster, kept open by processes that are written down and ended again:
#   forward.sh start    gateway 8080, web 8082, Prometheus 9090, Grafana 3000
#   forward.sh stop
# Each forward ends by itself after FORWARD_HOURS (8).
set -euo pipefail
# shellcheck source=deploy/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
KUBECTL=${KUBECTL:-$("$ROOT/deploy/tools.sh" kubectl)}
PIDS=$ROOT/.tools/forward
LASTS=$((${FORWARD_HOURS:-8} * 3600))
WANTED=("$BANK gateway 8080:8080" "$BANK web 8082:8080" "$MONITORING prometheus 9090:9090" "$MONITORING grafana 3000:3000")

# A pid alone may be another process by now: its start time must be the one that was written down.
born() { cut -d' ' -f22 "/proc/$1/stat" 2>/dev/null || ps -o lstart= -p "$1" 2>/dev/null | tr ' ' _ || true; }
lives() { [ -n "${1:-}" ] && [ -n "${2:-}" ] && [ "$(born "$1")" = "$2" ]; }

start() {
    mkdir -p "$PIDS"
    for one in "${WANTED[@]}"; do
        read -r space name ports <<<"$one"
        local file=$PIDS/$name pid="" since=""
        if [ -f "$file" ]; then read -r pid since <"$file" || true; fi
        if lives "$pid" "$since"; then
            say "$name is forwarded already (pid $pid)"
            continue
        fi
        local command=(timeout --foreground "$LASTS" "$KUBECTL" ${KUBE_CONTEXT:+--context "$KUBE_CONTEXT"} port-forward -n "$space" "service/$name" "$ports")
        if dry; then
            run "${command[@]}"
            continue
        fi
        "${command[@]}" >"$file.log" 2>&1 </dev/null &
        pid=$!
        echo "$pid $(born "$pid")" >"$file"
        sleep 1
        lives "$pid" "$(born "$pid")" || { rm -f "$file" && refuse "$name cannot be forwarded: $(tail -1 "$file.log")"; }
        say "$name: http://localhost:${ports%%:*} (pid $pid)"
    done
}

stop() {
    [ -d "$PIDS" ] || return 0
    for file in "$PIDS"/*; do
        case $file in *.log | "$PIDS/*") continue ;; esac
        local pid="" since=""
        read -r pid since <"$file" || true
        if lives "$pid" "$since"; then
            run kill "$pid"
            say "$(basename "$file") is closed"
        fi
        dry || rm -f "$file"
    done
}

case ${1:-} in
    start | stop) "$1" ;;
    *) echo "usage: forward.sh start | stop" >&2 && exit 2 ;;
esac
