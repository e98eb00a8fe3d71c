#!/usr/bin/env bash
# The bank in a cluster on this machine:
#   minikube.sh up        start minikube, build and load the images, fill the secrets, apply, wait, print the addresses
#   minikube.sh redeploy  build again under a new tag, load, apply, wait
set -euo pipefail
# shellcheck source=deploy/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
export OVERLAY=local KUBE_CONTEXT=minikube
MINIKUBE=${MINIKUBE:-minikube}
MAKE=${MAKE:-make}

start() {
    # Calico, since minikube's own network ignores network policies; metrics-server, since the autoscalers ask it.
    run "$MINIKUBE" start --cpus="${MINIKUBE_CPUS:-4}" --memory="${MINIKUBE_MEMORY:-8g}" --cni=calico --wait=all \
        --wait-timeout=6m --addons=metrics-server,ingress
}

load_images() {
    run "$MAKE" --no-print-directory -C "$ROOT" images "TAG=$TAG"
    for name in "${IMAGES[@]}"; do
        run "$MINIKUBE" image load "strongroom/$name:$TAG"
    done
}

bring_up() {
    "$ROOT/deploy/cluster.sh" deploy
    "$ROOT/deploy/cluster.sh" rollouts
    "$ROOT/deploy/cluster.sh" addresses
}

need "$MINIKUBE" "install minikube"
unset REGISTRY # the images are loaded, not pulled
# A tag of its own for each build: pods only take a new image under a new name.
TAG=$(the_tag)-$(date +%s)
export TAG
case ${1:-} in
    up)
        start
        load_images
        run "${KUBECTL:-kubectl}" --context "$KUBE_CONTEXT" apply -f "$ROOT/deploy/k8s/base/namespace.yaml" \
            -f "$ROOT/deploy/k8s/components/monitoring/namespace.yaml"
        run "$ROOT/.venv/bin/python" -m cli cluster-secrets --context "$KUBE_CONTEXT"
        bring_up
        ;;
    redeploy)
        load_images
        bring_up
        ;;
    *) echo "usage: minikube.sh up | redeploy" >&2 && exit 2 ;;
esac
