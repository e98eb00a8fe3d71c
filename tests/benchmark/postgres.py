"""Reference (a): `pgbench` on a PostgreSQL of our own on the same disk, durable (`fsync` and `synchronous_commit` on).

Debian's package is installed if it is missing. The server refuses root, so it runs as `postgres` (or `nobody`) then.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SCALE = 10
"""1,000,000 accounts in 150 MB: all of it fits into the buffers, and -N has no row that clients contend for."""
SETTINGS = {
    "listen_addresses": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "512MB",
    "max_wal_size": "8GB",  # no checkpoint within a run
    "checkpoint_timeout": "30min",
    "autovacuum": "off",  # nothing but the clients works
    "max_connections": "100",
}
DIES_WITH_US = ("setpriv", "--pdeathsig", "INT") if shutil.which("setpriv") else ()
START_SECONDS = 60.0
STOP_SECONDS = 30.0
HOT_SCRIPT = """\\set delta random(-5000, 5000)
BEGIN;
UPDATE pgbench_accounts SET abalance = abalance + :delta WHERE aid = 1;
SELECT abalance FROM pgbench_accounts WHERE aid = 1;
INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (1, 1, 1, :delta, CURRENT_TIMESTAMP);
END;
"""


class NoPostgres(Exception):
    """PostgreSQL cannot be had or did not do its work; the message says why."""


def find_binaries() -> Path:
    """Give the folder of PostgreSQL's programs, installing Debian's package if there is none.

    :raises NoPostgres: if it cannot be installed
    """
    found = _newest()
    if found is None:
        for command in (("apt-get", "update", "-q"), ("apt-get", "install", "-qy", "postgresql")):
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, timeout=600)
        found = _newest()
    if found is None:
        raise NoPostgres("PostgreSQL is missing and apt could not install it: apt-get install postgresql")
    return found


def _newest() -> Path | None:
    folders = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "pgbench").exists()]
    return max(folders, key=lambda path: int(path.parent.name), default=None)


class Postgres:
    """One server in a folder of its own, reached over a Unix socket in it."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing runs yet."""
        self._binaries = find_binaries()
        self._folder = folder
        self._data = folder / "data"
        self._user = _account() if os.geteuid() == 0 else None
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Make the cluster, start it and fill pgbench's tables.

        :raises NoPostgres: with what the programs said
        """
        self._folder.mkdir(parents=True)
        (self._folder / "hot.sql").write_text(HOT_SCRIPT)
        if self._user:
            shutil.chown(self._folder, self._user)
        self._run("initdb", "-D", str(self._data), "-U", "bench", "-A", "trust", "-E", "UTF8", "--no-locale")
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.writelines(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
            settings.write(f"unix_socket_directories = '{self._folder}'\n")
        self._serve()
        self._run("createdb", *self._where(), "bench")
        self._run("pgbench", *self._where(), "-i", "-q", "-s", str(SCALE), "bench")
        self.checkpoint()

    def _serve(self) -> None:
        """Start the server, which ends with us however we end."""
        with (self._folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                [*DIES_WITH_US, str(self._binaries / "postgres"), "-D", str(self._data)],
                **self._identity(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + START_SECONDS
        while self._run("pg_isready", *self._where(), check=False).returncode != 0:
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise NoPostgres(f"PostgreSQL did not start: {(self._folder / 'log').read_text()[-600:]}")
            time.sleep(0.05)

    def checkpoint(self) -> None:
        """Write everything to its place, so that the next run begins like the first."""
        self._run("psql", *self._where(), "-q", "-c", "CHECKPOINT", "bench")

    def version(self) -> str:
        """Give the server's version."""
        return self._run("psql", *self._where(), "-At", "-c", "SHOW server_version", "bench").stdout.strip()

    def simple_update(self, *, clients: int, seconds: float) -> float:
        """Run pgbench's simple-update (`-N`) and give transactions per second."""
        return self._bench("-N", clients=clients, seconds=seconds)

    def hot_row(self, *, clients: int, seconds: float) -> float:
        """Run the same transaction with all clients on one row and give transactions per second."""
        return self._bench("-f", str(self._folder / "hot.sql"), clients=clients, seconds=seconds)

    def _bench(self, *what: str, clients: int, seconds: float) -> float:
        load = ("-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(max(1, round(seconds))))
        told = self._run("pgbench", *self._where(), *what, *load, "bench").stdout
        found = re.search(r"^tps = ([\d.]+) ", told, re.MULTILINE)
        failed = re.search(r"number of failed transactions: (\d+)", told)
        if found is None or (failed and failed[1] != "0"):
            raise NoPostgres(f"pgbench did not measure: {told[-600:]}")
        return float(found[1])

    def stop(self) -> None:
        """Stop the server that was started here."""
        if self._server is None:
            return
        self._server.send_signal(signal.SIGINT)  # the fast way that PostgreSQL knows
        try:
            self._server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._server = None

    def _where(self) -> Sequence[str]:
        return ("-h", str(self._folder), "-U", "bench")

    def _identity(self) -> dict[str, Any]:
        """Give what every program of PostgreSQL is started with: not as root, and nothing of our environment."""
        started: dict[str, Any] = {"cwd": self._folder, "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}}
        if self._user:
            started |= {"user": self._user, "group": pwd.getpwnam(self._user).pw_gid, "extra_groups": []}
        return started

    def _run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [str(self._binaries / program), *arguments],
            **self._identity(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=180,
        )
        if check and done.returncode != 0:
            raise NoPostgres(f"{program} failed: {done.stdout[-600:]}")
        return done


def _account() -> str:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL refuses root, and there is neither a user `postgres` nor `nobody`.")
