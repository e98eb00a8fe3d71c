#!/usr/bin/env bash
# The container lane (`make containers`): an engine and base images if there are none, the project's images, then the
# tests. An engine that this script started is stopped again unless KEEP_ENGINE=1.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
PYTEST=${PYTEST:-.venv/bin/pytest}
stamp() { echo "== containers: $* after $SECONDS s"; }

environment=$(tests/containers/engine.sh start) || environment=
if [ -n "$environment" ] || docker info >/dev/null 2>&1; then
    eval "$environment"
    [ "${KEEP_ENGINE:-}" = 1 ] || trap 'tests/containers/engine.sh stop' EXIT
    stamp "engine and base images are there"
    deploy/build.sh
    stamp "images are built"
fi
# Without an engine the tests themselves say what that means: a failure, or counted skips under ALLOW_NO_ENGINE=1.
"$PYTEST" -q -p no:xdist -rs tests/containers "$@"
stamp "the lane has passed"
