"""Identity's worker as a real process: it purges what is over, and reminds of the rotation of keys."""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from services.identity.store.tables import OneTimeCodeRow, SessionRow, UserRow, table_of
from services.identity.use_cases.forget_password import forget_password
from services.identity.use_cases.sign_in import sign_in
from shared.clock import now
from tests.builders.redis import RedisServer, free_port
from tests.services.identity.conftest import PASSWORD, PHONE, World

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def metrics(world: World, redis_server: RedisServer) -> Iterator[Callable[[], str]]:
    """Start the worker on the world's store, hurried; gives a function that reads its metrics."""
    port = free_port()
    env = {
        **os.environ,
        "BANK_ENVIRONMENT": "sandbox",
        "BANK_DATA_DIR": str(world.settings.data_dir),
        "IDENTITY_WORKER_OPS_PORT": str(port),
        "REDIS_URL": redis_server.url,
        "IDENTITY_DATABASE_URL": world.store.url.render_as_string(hide_password=False),
        "IDENTITY_PURGE_SECONDS": "0.5",
        "IDENTITY_REMIND_SECONDS": "0.5",
        "IDENTITY_UNCONFIRMED_HOURS": "1",
    }
    command = [sys.executable, "-m", "celery", "-A", "services.identity.worker:app", "worker"]
    said = world.settings.data_dir / "worker.log"
    with said.open("wb") as log:
        worker = subprocess.Popen(
            [*command, "--pool=threads", "-c", "2", "--beat-inside", "-Q", "identity"],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=subprocess.STDOUT,
        )

    def read() -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=2) as answer:
                return str(answer.read().decode())
        except (OSError, urllib.error.HTTPError):
            return ""

    yield read
    worker.terminate()
    worker.wait(timeout=30)


def count(world: World, row: type[SessionRow | OneTimeCodeRow]) -> int:
    with world.store.read() as session:
        return len(session.execute(table_of(row).select()).all())


def wait_until(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.1)


class TestWorker:
    def test_purges_frees_addresses_and_tells_the_age_of_the_key(
        self, world: World, metrics: Callable[[], str]
    ) -> None:
        long_ago = now() - timedelta(days=100)
        for key in world.settings.keys_path.glob("*.pem"):
            os.utime(key, (long_ago.timestamp(), long_ago.timestamp()))
        world.add("ada@demo.bank")
        waiting = world.add("ben@demo.bank", "customer", customer_id="c1")
        with world.store.write() as session:
            row = session.get_one(UserRow, waiting.id)
            row.email_unconfirmed, row.updated_at = True, long_ago
        sign_in(world.desk, email="ada@demo.bank", password=PASSWORD, device=PHONE, now=long_ago)
        forget_password(world.desk, email="ada@demo.bank", now=long_ago)
        sign_in(world.desk, email="ada@demo.bank", password=PASSWORD, device=PHONE, now=now())
        wait_until(lambda: (count(world, SessionRow), count(world, OneTimeCodeRow)) == (1, 0))
        wait_until(lambda: _email(world, waiting.id) != "ben@demo.bank")
        wait_until(lambda: age_of_key(metrics()) > 90 * 86_400)
        wait_until(lambda: "signing-key.rotation-due" in said(world))

    def test_reminds_of_no_young_key(self, world: World, metrics: Callable[[], str]) -> None:
        wait_until(lambda: 0 < age_of_key(metrics()) < 86_400)
        assert "signing-key.rotation-due" not in said(world)


def said(world: World) -> str:
    """Give what the worker wrote."""
    return (world.settings.data_dir / "worker.log").read_text(errors="replace")


def age_of_key(metrics: str) -> float:
    """Give the age in seconds that a worker's metrics say, 0 if none."""
    found = re.search(r"^bank_signing_key_age_seconds(?:\{[^}]*\})? (\S+)$", metrics, re.MULTILINE)
    return float(found[1]) if found else 0.0


def _email(world: World, user_id: str) -> str:
    with world.store.read() as session:
        return session.get_one(UserRow, user_id).email
