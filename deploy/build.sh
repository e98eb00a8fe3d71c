#!/usr/bin/env bash
# Builds every image as strongroom/<name>:TAG (the commit unless given) and :dev, which is what docker-compose.yml runs.
set -euo pipefail
# shellcheck source=deploy/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
DOCKER=${DOCKER:-docker}
need "$DOCKER" "install a container engine with compose"
tag=$(the_tag)
REVISION=$(git -C "$ROOT" rev-parse HEAD 2>/dev/null || echo unknown)
export REVISION
run env TAG=dev "$DOCKER" compose --project-directory "$ROOT" build
for name in "${IMAGES[@]}"; do
    [ "$tag" = dev ] || run "$DOCKER" tag "strongroom/$name:dev" "strongroom/$name:$tag"
done
say "built ${#IMAGES[@]} images, tagged dev and $tag"
