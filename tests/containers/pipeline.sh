#!/usr/bin/env bash
# Runs the make targets of the Jenkinsfile in its order, with a real container engine and a registry on this machine.
#
# Deploy, rollouts, smoke and addresses run dry: they render, and print what they would do, since there is no cluster here.
# The engine is the one that answers, else the one that tests/containers/engine.sh starts. Without one the lane fails, unless ALLOW_NO_ENGINE=1: then it is one counted skip.
#   ONLY="login push"     run these targets only          TESTS=tests/deploy     what the test stage covers (default tests/shared/web)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
REGISTRY_PORT=${REGISTRY_PORT:-5055}
TAG=${TAG:-lane-$(git rev-parse --short=12 HEAD)}
export TAG REGISTRY=localhost:$REGISTRY_PORT DOCKERHUB_USER=lane DOCKERHUB_TOKEN=lane OVERLAY=${OVERLAY:-production}
WORK=$(mktemp -d)
export STRONGROOM_RENDERED=$WORK/rendered
registry_pid=""

clean() {
    [ -z "$registry_pid" ] || kill "$registry_pid" 2>/dev/null || true
    rm -rf "$WORK"
}
trap clean EXIT

engine() {
    docker info >/dev/null 2>&1 && return
    if [ -x tests/containers/engine.sh ]; then
        eval "$(tests/containers/engine.sh start)"
        if docker info >/dev/null 2>&1; then return; fi
    fi
    if [ "${ALLOW_NO_ENGINE:-}" = 1 ]; then
        echo "pipeline: 0 passed, 0 failed, 1 skipped"
        exit 0
    fi
    echo "pipeline: no container engine (ALLOW_NO_ENGINE=1 skips this lane)" >&2
    exit 1
}

registry() { # Debian's, without a password, forgetting everything at the end
    command -v docker-registry >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends docker-registry >/dev/null; }
    mkdir -p "$WORK/registry" "$WORK/docker"
    cat >"$WORK/registry.yml" <<YAML
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $WORK/registry}}
http: {addr: "127.0.0.1:$REGISTRY_PORT"}
YAML
    docker-registry serve "$WORK/registry.yml" >"$WORK/registry.log" 2>&1 &
    registry_pid=$!
    for _ in $(seq 50); do
        curl --silent --fail --max-time 1 --output /dev/null "http://$REGISTRY/v2/" && return
        sleep 0.2
    done
    tail -5 "$WORK/registry.log" >&2
    return 1
}

stages() { sed -n "s/.*sh 'make \([a-z-]*\)'.*/\1/p" Jenkinsfile | grep -v '^rollback$'; }

stage() { # the tests have run in full already: here the target and its reports are what is tested
    case $1 in
        test-report) make --no-print-directory test-report "TESTS=${TESTS:-tests/shared/web}" ;;
        # What the sign-in leaves behind goes with this run.
        login | push) DOCKER_CONFIG=$WORK/docker make --no-print-directory "$1" ;;
        deploy | rollouts | smoke | addresses) DRY_RUN=1 make --no-print-directory "$1" ;;
        *) make --no-print-directory "$1" ;;
    esac
}

after() { # what a target must leave behind
    case $1 in
        test-report) grep -q '<testsuite' reports/junit-unit.xml && grep -q '<coverage' reports/coverage.xml ;;
        push)
            local names name
            names=$(curl --silent --fail --max-time 5 "http://$REGISTRY/v2/_catalog")
            for name in identity accounts transactions support notifications gateway frontend; do
                [[ $names == *"\"strongroom-$name\""* ]] || return 1
                curl --silent --fail --max-time 5 "http://$REGISTRY/v2/strongroom-$name/tags/list" | grep -q "\"$TAG\"" || return 1
            done
            ;;
        deploy) grep -q "image: $REGISTRY/strongroom-transactions:$TAG" "$STRONGROOM_RENDERED/$OVERLAY/bank.yaml" ;;
    esac
}

engine
registry
passed=0
for name in ${ONLY:-$(stages)}; do
    begun=$SECONDS
    echo "== $name"
    if ! stage "$name" || ! after "$name"; then
        echo "pipeline: $passed passed, 1 failed, 0 skipped (stage $name)"
        exit 1
    fi
    passed=$((passed + 1))
    echo "== $name passed in $((SECONDS - begun)) s"
done
echo "pipeline: $passed passed, 0 failed, 0 skipped"
