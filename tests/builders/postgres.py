"""A real PostgreSQL for tests: a cluster in a temporary folder on a free port, durable as in production.

Texts of its databases sort by language, as a bank's own server may; that the stores sort bytewise is their own doing.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Table, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from shared.errors import FaultAtStart
from shared.ids import new_id
from shared.store.engine import Store
from shared.store.migrate import migrate
from shared.store.schema import check_version, tables_of
from tests.builders.redis import free_port

Rows = list[tuple[Table, list[dict[str, Any]]]]

START_SECONDS = 30.0


@cache
def binaries() -> Path:
    """Give the folder of PostgreSQL's programs: the newest of Debian's, else that of the PATH's `postgres`.

    :raises RuntimeError: if there is none
    """
    of_debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = of_debian[-1] if of_debian else Path(shutil.which("initdb") or "")
    if not found.exists():
        raise RuntimeError("The tests need PostgreSQL's server: apt-get install postgresql")
    return found.parent


def _unprivileged() -> dict[str, object]:
    """Give the user to run as when we are root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class PostgresServer:
    """One cluster; `start` and `stop` as often as a test likes, `remove` at the end."""

    def __init__(self) -> None:
        """Make the cluster's files; nothing runs yet."""
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="strongroom-pg-"))
        self._as = _unprivileged()
        self._process: subprocess.Popen[bytes] | None = None
        if self._as:
            os.chown(self.folder, int(str(self._as["user"])), int(str(self._as["group"])))
        how = ["--auth=trust", "--username=bank", "--encoding=UTF8", "--locale-provider=icu", "--icu-locale=en-US"]
        self._run([str(binaries() / "initdb"), "-D", str(self.folder / "data"), "--locale=C.UTF-8", *how])
        self._first_rows: dict[str, Rows] = {}
        self._columns: dict[str, list[Any]] = {}
        self._clean: dict[str, list[Store]] = {}

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **self._as)  # type: ignore[call-overload]
        assert done.returncode == 0, done.stderr

    def start(self) -> "PostgresServer":
        """Start the server and wait until it answers."""
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.folder,
            "fsync": "on",
            "max_connections": 300,
            "shared_buffers": "64MB",
            "logging_collector": "off",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(binaries() / "postgres"), "-D", str(self.folder / "data"), *options]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, **self._as)  # type: ignore[call-overload]
        ends = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, self.log()
            assert time.monotonic() < ends, self.log()
            time.sleep(0.02)
        return self

    def _answers(self) -> bool:
        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def log(self) -> str:
        """Give what the server said last."""
        return "\n".join((self.folder / "server.log").read_text(errors="replace").splitlines()[-30:])

    def execute(self, statement: str) -> None:
        """Run a statement outside of any bank database."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def address(self, database: str) -> str:
        """Give the address of a database."""
        return f"postgresql://bank@127.0.0.1:{self.port}/{database}"

    def make_database(self) -> str:
        """Make an empty database and give its address."""
        name = f"bank_{new_id().replace('-', '')}"
        self.execute(f'CREATE DATABASE "{name}"')
        return self.address(name)

    def drop_database(self, address: str) -> None:
        """Delete a database, and end who still uses it."""
        self.execute(f'DROP DATABASE "{address.rpartition("/")[2]}" WITH (FORCE)')

    def make_store(self, service: str) -> Store:
        """Give a migrated store of a service as it is after its migrations: one that was given back, or a new one."""
        if self._clean.get(service):
            return self._clean[service].pop()
        store = Store(self.make_database(), service=service, plumbing=tables_of(service)[1])
        migrate(store)
        self._first_rows.setdefault(service, _rows_of(store))
        self._columns.setdefault(service, _columns_of(store))
        return store

    def take_back(self, store: Store) -> None:
        """Empty a store for the next test; one whose tables or triggers were changed is deleted."""
        try:
            _empty(store, self._first_rows[store.service])
            check_version(store)
            assert _columns_of(store) == self._columns[store.service]
        except (FaultAtStart, SQLAlchemyError, AssertionError):
            store.close()
            self.drop_database(store.url.render_as_string())
        else:
            self._clean.setdefault(store.service, []).append(store)

    def stop(self, kind: signal.Signals = signal.SIGINT) -> None:
        """End the server: connections are cut, nothing committed is lost."""
        if self._process is not None:
            self._process.send_signal(kind)
            self._process.wait(30)
            self._process = None

    def remove(self) -> None:
        """Stop the server and delete its files."""
        for store in (store for stores in self._clean.values() for store in stores):
            store.close()
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)


def _rows_of(store: Store) -> Rows:
    """Give what migrations wrote into a store."""
    with store.read() as session:
        tables = tables_of(store.service)[0].sorted_tables
        found = [(table, session.execute(select(table)).mappings().all()) for table in tables]
        return [(table, [dict(row) for row in rows]) for table, rows in found if rows]


def _columns_of(store: Store) -> list[Any]:
    """Give what the tables of a store look like."""
    named = "SELECT table_name, column_name, data_type FROM information_schema.columns"
    with store.read() as session:
        return list(session.execute(text(f"{named} WHERE table_schema = current_schema() ORDER BY 1, 2")).all())


def _empty(store: Store, first: Rows) -> None:
    """Bring a store back to what its migrations made, past triggers and foreign keys."""
    with store.writer.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        tables = tables_of(store.service)[0].sorted_tables
        connection.execute(text("; ".join(f'DELETE FROM "{table.name}"' for table in tables)))
        for table, rows in first:
            connection.execute(insert(table), rows)
        for name in connection.execute(text("SELECT sequencename FROM pg_sequences")).scalars().all():
            connection.execute(text(f'ALTER SEQUENCE "{name}" RESTART'))


@pytest.fixture(scope="session")
def postgres_process() -> Iterator[PostgresServer]:
    """Give the one server of the test run."""
    server = PostgresServer()
    yield server
    server.remove()


@pytest.fixture
def postgres(postgres_process: PostgresServer) -> PostgresServer:
    """Give a running server."""
    if postgres_process._process is None:
        postgres_process.start()
    return postgres_process
