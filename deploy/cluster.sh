#!/usr/bin/env bash
# Brings the bank into the cluster of the current kubectl context (or of KUBE_CONTEXT):
#   cluster.sh render | deploy | rollouts | smoke | addresses | rollback
# OVERLAY (local or production) says which bank, TAG and REGISTRY which images. Every wait has an end.
set -euo pipefail
# shellcheck source=deploy/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
OVERLAY=${OVERLAY:-local}
ROLLOUT_SECONDS=${ROLLOUT_SECONDS:-300}
KUBECTL=${KUBECTL:-$("$ROOT/deploy/tools.sh" kubectl)}
RENDERED=${STRONGROOM_RENDERED:-$ROOT/.tools/deploy}/$OVERLAY

[ -f "$ROOT/deploy/k8s/overlays/$OVERLAY/kustomization.yaml" ] || refuse "there is no overlay $OVERLAY"
cluster() { run "$KUBECTL" ${KUBE_CONTEXT:+--context "$KUBE_CONTEXT"} "$@"; }

# A folder beside the repository's files that adds the images' names, so that a deployment changes no file of it.
render() {
    mkdir -p "$RENDERED"
    {
        printf 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n'
        printf '  - %s\nimages:\n' "$(realpath --relative-to="$RENDERED" "$ROOT/deploy/k8s/overlays/$OVERLAY")"
        for name in "${IMAGES[@]}"; do
            printf '  - name: strongroom/%s\n    newName: %s\n    newTag: "%s"\n' "$name" "$(image_of "$name")" "$(the_tag)"
        done
    } >"$RENDERED/kustomization.yaml"
    "$KUBECTL" kustomize "$RENDERED" >"$RENDERED/bank.yaml"
    say "rendered $OVERLAY: $(grep -c '^kind:' "$RENDERED/bank.yaml") objects, images tagged $(the_tag)"
}

# Deployments and StatefulSets of the rendered bank, each as "namespace kind/name".
workloads() {
    awk '/^kind:/ {kind=tolower($2)} /^  name:/ {name=$2} /^  namespace:/ {space=$2}
         /^---/ {show()} END {show()}
         function show() { if (kind == "deployment" || kind == "statefulset") print space, kind "/" name; kind="" }' \
        "$RENDERED/bank.yaml"
}
stateful() { grep -q "^kind: Job" "$RENDERED/bank.yaml" && return 1 || return 0; }

has_secrets() {
    dry && return
    [ -n "$(cluster get secret redis-secrets -n "$BANK" --ignore-not-found -o 'jsonpath={.data.REDIS_PASSWORD}')" ]
}

deploy() {
    render
    cluster apply -f "$ROOT/deploy/k8s/base/namespace.yaml"
    has_secrets || refuse "the cluster has no secrets yet: run 'make cluster-secrets' once, on the machine that keeps them"
    # A Job cannot be changed. The migrations of this version run once, before its processes take work.
    stateful || cluster delete job -n "$BANK" -l app.kubernetes.io/component=migration --ignore-not-found --timeout=60s
    cluster apply -k "$RENDERED"
    stateful || cluster wait -n "$BANK" --for=condition=complete job -l app.kubernetes.io/component=migration \
        "--timeout=${ROLLOUT_SECONDS}s"
}

rollouts() {
    [ -f "$RENDERED/bank.yaml" ] || render
    local ends=$((SECONDS + ROLLOUT_SECONDS))
    while read -r space workload; do
        local left=$((ends - SECONDS))
        [ "$left" -gt 0 ] || refuse "the rollouts took longer than $ROLLOUT_SECONDS s"
        cluster rollout status "$workload" -n "$space" "--timeout=${left}s"
    done < <(workloads)
    say "every API, worker, schedule and listener runs the new version"
}

rollback() {
    [ -f "$RENDERED/bank.yaml" ] || render
    # Stores stay as they are: migrations only ever add, and the version before them works on the newer store.
    while read -r space workload; do
        cluster rollout undo "$workload" -n "$space" || echo "$workload has no version before" >&2
    done < <(workloads)
    rollouts
}

answers() { # expected status, then curl's arguments
    local expected=$1 status
    shift
    if dry; then
        echo "+ curl $* → $expected"
        return
    fi
    status=$(curl --silent --output /dev/null --max-time 10 --retry 5 --retry-connrefused --write-out '%{http_code}' "$@") || true
    [ "$status" = "$expected" ] || refuse "smoke: ${*: -1} answered $status, not $expected"
}

# Through the gateway to identity and accounts, over a port of this machine that is closed again.
smoke() {
    local url=${URL:-} tunnel=""
    if [ -z "$url" ]; then
        url=http://127.0.0.1:18080
        if dry; then
            cluster port-forward -n "$BANK" service/gateway 18080:8080
        else
            cluster port-forward -n "$BANK" service/gateway 18080:8080 >/dev/null &
            tunnel=$!
            # shellcheck disable=SC2064 # the pid of now
            trap "kill $tunnel 2>/dev/null || true" EXIT
            sleep 2
        fi
    fi
    answers 200 "$url/api/openapi.json"
    answers 200 "$url/api/v1/branches"
    answers 401 "$url/api/v1/accounts"
    answers 401 --header 'Content-Type: application/json' \
        --data '{"email":"nobody@example.org","password":"not-a-password"}' "$url/api/v1/auth/login"
    say "smoke passed: gateway, accounts and identity answer"
}

addresses() {
    if [ "$OVERLAY" = local ]; then
        local node="<node>"
        if dry; then echo "+ minikube ip"; else node=$(minikube ip 2>/dev/null || echo localhost); fi
        echo "bank        http://$node:30080 (API docs: /api/docs, mails: /dev/mail)"
        echo "web app     http://$node:30081"
        echo "Prometheus  http://$node:30090"
        echo "Grafana     http://$node:30030 (admin; its password is in data/cluster/cluster.json)"
        echo "or 'make forward', then http://localhost:8080"
    else
        cluster get ingress -n "$BANK"
        echo "Prometheus and Grafana: 'make forward' (they have no address outside the cluster)"
    fi
}

case ${1:-} in
    render | deploy | rollouts | smoke | addresses | rollback) "$1" ;;
    *) echo "usage: cluster.sh render | deploy | rollouts | smoke | addresses | rollback" >&2 && exit 2 ;;
esac
