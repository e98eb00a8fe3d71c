# shellcheck shell=bash
# What the scripts of the deployment share. Sourced, never run.
#
# shellcheck disable=SC2034 # what is set here is used by those who source it
# DRY_RUN=1 prints each command that would change something instead of running it; nothing else differs.
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
BANK=strongroom
MONITORING=strongroom-monitoring
# What is built as strongroom/<name>.
IMAGES=(identity accounts transactions support notifications gateway frontend)

say() { echo "== $(dry && echo "(dry run) ")$*"; }
refuse() {
    echo "strongroom: $*" >&2
    exit 1
}
dry() { [ "${DRY_RUN:-}" = 1 ]; }
run() {
    if dry; then
        printf '+'
        printf ' %q' "$@"
        printf '\n'
    else
        "$@"
    fi
}
need() { # a command that is there, or one clear line
    command -v "$1" >/dev/null || dry || refuse "$1 is not there: $2"
}
the_tag() { # the commit names the images, so a name never means two things
    echo "${TAG:-$(git -C "$ROOT" rev-parse --short=12 HEAD 2>/dev/null || echo dev)}"
}
image_of() { # the name under which an image is pushed and pulled
    if [ -n "${REGISTRY:-}" ]; then echo "$REGISTRY/strongroom-$1"; else echo "strongroom/$1"; fi
}
