#!/usr/bin/env bash
# Makes sure that every image the bank stands on is there: pulled where that works, else made from Debian's packages.
# Called by engine.sh. One pull decides for all, so that a machine without a registry does not wait for each.
set -euo pipefail
STATE=${STATE:-/tmp/strongroom-engine}
ROOTFS=$STATE/rootfs
LABEL="LABEL strongroom.stand-in=true"
PULLED=(python:3.12-slim redis:7 postgres:16 nginxinc/nginx-unprivileged:stable
    prom/prometheus:v3.5.0 prom/alertmanager:v0.28.1 oliver006/redis_exporter:v1.76.0 mher/flower:2.0)

say() { echo "engine: $*" >&2; }
has() { docker image inspect "$1" >/dev/null 2>&1; }

pull_all() {
    local image
    for image in "${PULLED[@]}"; do
        has "$image" || timeout 600 docker pull --quiet "$image" >&2 || return 1
    done
}

# The Python that the stand-in carries: 3.12 where pyenv has one, else the newest that Debian or pyenv has.
python_home() {
    local found
    found=$(find "${PYENV_ROOT:-$HOME/.pyenv}/versions" -maxdepth 1 -name '3.12.*' 2>/dev/null | sort -V | tail -1)
    [ -n "$found" ] && echo "$found"
}

# As small as the real one: what came with usrmerge (perl) is taken out again.
debian() {
    has debian:bookworm-slim && return
    rm -rf "$ROOTFS"
    # shellcheck disable=SC2016 # mmdebstrap's shell knows what $1 is
    mmdebstrap --quiet --variant=minbase --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='APT::Install-Recommends "false"' \
        --include=usr-is-merged,ca-certificates,netbase,tzdata,libssl3,libsqlite3-0,libffi8,zlib1g,libbz2-1.0,liblzma5,libreadline8,libexpat1,libncursesw6,libuuid1 \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' \
        --customize-hook='chroot "$1" dpkg --purge usrmerge libfile-find-rule-perl libnumber-compare-perl libtext-glob-perl perl perl-modules-5.36 libperl5.36 >/dev/null' \
        bookworm "$ROOTFS" "$(sources)" >&2
    # A machine behind a proxy has certificates of its own; downloads inside of builds must trust them too.
    cp /etc/ssl/certs/ca-certificates.crt "$ROOTFS/etc/ssl/certs/ca-certificates.crt"
    printf '[global]\ncert = /etc/ssl/certs/ca-certificates.crt\ndisable-pip-version-check = true\n' >"$ROOTFS/etc/pip.conf"
    printf 'Acquire::Check-Valid-Until "false";\nAcquire::Check-Date "false";\n' >"$ROOTFS/etc/apt/apt.conf.d/99stand-in"
    rm -rf "$ROOTFS"/var/lib/apt/lists/* "$ROOTFS"/var/cache/apt/* "$ROOTFS"/var/log/*
    tar -C "$ROOTFS" -c . | docker import --change "$LABEL" - debian:bookworm-slim >/dev/null
    rm -rf "$ROOTFS"
    say "made debian:bookworm-slim"
}

sources() {
    local own=/etc/apt/sources.list.d/debian.sources
    if [ -f "$own" ]; then echo "$own"; else echo /etc/apt/sources.list; fi
}

python() {
    has python:3.12-slim && return
    local home short context=$STATE/python
    rm -rf "$context"
    mkdir -p "$context"
    if home=$(python_home); then
        short=$(basename "$home" | cut -d. -f1,2)
        mkdir -p "$context/usr/local"
        tar -C "$home" --exclude=__pycache__ --exclude='*.a' --exclude="lib/python$short/test" --exclude='*/site-packages/*' \
            --exclude='idlelib' --exclude='tkinter' -cf - bin lib | tar -C "$context/usr/local" -xf -
        rm -rf "$context"/usr/local/bin/{pip,idle,2to3,pydoc}* "$context"/usr/local/lib/python*/config-*
        find "$context" -type f \( -name '*.so*' -o -name 'python3*' \) -exec strip --strip-unneeded {} + 2>/dev/null || true
        printf '%s\n' "FROM debian:bookworm-slim" "COPY usr/ /usr/" \
            "RUN ldconfig && ln -sf python$short /usr/local/bin/python && ln -sf python$short /usr/local/bin/python3 && PYTHONDONTWRITEBYTECODE=1 python -m ensurepip >/dev/null && find /usr/local -name __pycache__ -prune -exec rm -rf {} + && ln -sf pip$short /usr/local/bin/pip" \
            "ENV PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8" "$LABEL" 'CMD ["python3"]' >"$context/Dockerfile"
    else
        printf '%s\n' "FROM debian:bookworm-slim" \
            "RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv python3-pip && rm -rf /var/lib/apt/lists/* && ln -sf python3 /usr/bin/python" \
            "ENV LANG=C.UTF-8" "$LABEL" 'CMD ["python3"]' >"$context/Dockerfile"
    fi
    docker build --quiet --tag python:3.12-slim "$context" >/dev/null
    rm -rf "$context"
    say "made python:3.12-slim with $(docker run --rm python:3.12-slim python --version)"
}

# tag, packages, further lines of the Dockerfile; a folder with files to copy may stand behind them.
from_debian() {
    has "$1" && return
    local context=${4:-$STATE/empty}
    mkdir -p "$context"
    {
        echo "FROM debian:bookworm-slim"
        echo "RUN apt-get update && apt-get install -y --no-install-recommends $2 && rm -rf /var/lib/apt/lists/*"
        echo "$LABEL"
        echo "$3"
    } >"$context/Dockerfile"
    docker build --quiet --tag "$1" "$context" >/dev/null
    say "made $1"
}

redis() {
    from_debian redis:7 redis-server 'USER redis
WORKDIR /data
CMD ["redis-server", "--bind", "0.0.0.0", "--protected-mode", "no"]'
}

nginx() {
    from_debian nginxinc/nginx-unprivileged:stable nginx-light 'RUN sed -i "s|^pid .*|pid /tmp/nginx.pid;|; /^user /d" /etc/nginx/nginx.conf && mkdir -p /etc/nginx/conf.d && rm -f /etc/nginx/sites-enabled/default && ln -sf /dev/stdout /var/log/nginx/access.log && ln -sf /dev/stderr /var/log/nginx/error.log
EXPOSE 8080
USER 101
STOPSIGNAL SIGQUIT
CMD ["nginx", "-g", "daemon off;"]'
}

# Debian's server behind an entry point that understands the four variables the bank uses.
postgres() {
    has postgres:16 && return
    local context=$STATE/postgres
    mkdir -p "$context"
    cp "$(dirname "${BASH_SOURCE[0]}")/postgres_entry.sh" "$context/docker-entrypoint.sh"
    from_debian postgres:16 postgresql-15 'COPY --chmod=755 docker-entrypoint.sh /usr/local/bin/
RUN rm -rf /var/lib/postgresql/* && mkdir -p /var/lib/postgresql/data /var/run/postgresql && chown -R postgres:postgres /var/lib/postgresql /var/run/postgresql && chmod 3777 /var/run/postgresql
ENV PATH=/usr/lib/postgresql/15/bin:/usr/local/bin:/usr/bin:/bin PGDATA=/var/lib/postgresql/data
USER postgres
ENTRYPOINT ["docker-entrypoint.sh"]' "$context"
}

# The three monitors that Debian has, under the names and folders of the real ones. Grafana, Loki and Alloy have no package.
monitors() {
    from_debian prom/prometheus:v3.5.0 prometheus 'RUN install -d -o 65534 -g 65534 /prometheus
USER 65534:65534
ENTRYPOINT ["prometheus"]'
    from_debian prom/alertmanager:v0.28.1 prometheus-alertmanager 'RUN install -d -o 65534 -g 65534 /alertmanager
USER 65534:65534
ENTRYPOINT ["prometheus-alertmanager"]'
    from_debian oliver006/redis_exporter:v1.76.0 prometheus-redis-exporter 'USER 10001:10001
ENTRYPOINT ["prometheus-redis-exporter"]'
    has mher/flower:2.0 && return
    mkdir -p "$STATE/flower"
    printf '%s\n' 'FROM python:3.12-slim' 'RUN pip install --no-cache-dir "flower>=2,<3" "celery[redis]"' "$LABEL" 'USER 10001:10001' 'EXPOSE 5555' \
        'CMD ["celery", "flower"]' >"$STATE/flower/Dockerfile"
    docker build --quiet --tag mher/flower:2.0 "$STATE/flower" >/dev/null
    say "made mher/flower:2.0"
}

if pull_all; then
    say "the images are there"
else
    say "no image can be pulled: making stand-ins from Debian's packages"
    debian
    python
    redis
    nginx
    postgres
    monitors
fi
