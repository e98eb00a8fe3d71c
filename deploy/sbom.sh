#!/usr/bin/env bash
# Writes a bill of materials for each image into reports/sbom/<image>.cdx.json (CycloneDX 1.6, the same bytes each time).
# It lists the packages of the image's lock and the base image. What the base image brings is the base's own to list.
set -euo pipefail
# shellcheck source=deploy/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
OUT=${1:-$ROOT/reports/sbom}
PYTHON=${PYTHON:-python3}

# The last one is what the image is made of; what comes before only builds.
base_of() { sed -n 's/^ARG [A-Z]*_IMAGE=//p' "$1" | tail -n 1; }

describe() { # image, its Dockerfile; reads a CycloneDX document and says what it is about
    "$PYTHON" -c '
import json, sys
name, base = sys.argv[1:]
bill = json.load(sys.stdin)
tag = base.rpartition(":")
bill.setdefault("metadata", {})["component"] = {"type": "container", "bom-ref": "image", "name": f"strongroom/{name}"}
bill["components"] = [
    {"type": "container", "bom-ref": "base", "name": tag[0], "version": tag[2], "description": "base image"},
    *bill.get("components", []),
]
json.dump(bill, sys.stdout, indent=2, sort_keys=True)
print()
' "$1" "$(base_of "$2")"
}

bills() {
    local tool name empty='{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1}'
    tool=$(PYTHON=$PYTHON "$ROOT/deploy/tools.sh" sbom)
    mkdir -p "$OUT"
    for name in "${IMAGES[@]}"; do
        if [ "$name" = frontend ]; then
            echo "$empty" | describe "$name" "$ROOT/frontend/Dockerfile" >"$OUT/$name.cdx.json"
        else
            "$tool" requirements --output-reproducible --spec-version 1.6 --output-format JSON --output-file - \
                "$ROOT/requirements/$name.lock" 2>/dev/null | describe "$name" "$ROOT/deploy/Dockerfile" >"$OUT/$name.cdx.json"
        fi
        say "$OUT/$name.cdx.json: $(grep -c '"bom-ref"' "$OUT/$name.cdx.json") entries"
    done
}

bills
