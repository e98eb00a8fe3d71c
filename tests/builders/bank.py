"""A real bank for tests: `strongroom run` on free ports with a data folder of its own, and everything to disturb it.

It ends only what it started: the processes of its own data folder.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from cli.data_folder import DataFolder
from cli.ports import PORTS, free_ports
from cli.records import Record, end_leftovers, read_record, read_records
from cli.supervision import Supervision
from tests.builders.bank_customer import BankCustomer

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120.0


class BankFailed(AssertionError):
    """The bank did not start or did not do what the test needs; the message has the ends of its logs."""


class Bank:
    """One bank of real processes. `start()` it, use it, `stop()` it; the data folder survives until `remove()`."""

    def __init__(
        self, *, seeded: bool = True, environment: dict[str, str] | None = None, within: Path | None = None
    ) -> None:
        """Choose free ports and an empty data folder (`within` one, or in the system's); nothing runs yet."""
        self.folder = DataFolder.at(Path(tempfile.mkdtemp(prefix="bank-", dir=within)))
        self.ports = dict(zip([port.owner for port in PORTS], free_ports(len(PORTS)), strict=True))
        self._seeded = seeded
        self._environment = environment or {}
        self._process: subprocess.Popen[str] | None = None
        self._clients: list[httpx.Client] = []

    # ------------------------------------------------------------------------------------------- start and stop

    def start(self, *, disturb: Callable[[], object] = lambda: None) -> "Bank":
        """Start the bank and wait until its start has ended; `disturb` is called again and again while it starts.

        :raises BankFailed: if it ends instead, or takes too long
        """
        command = [sys.executable, "-m", "cli", "run", "--quiet", *([] if self._seeded else ["--no-seed"])]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        deadline = time.monotonic() + START_SECONDS
        while not self._is_open():
            if self._process.poll() is not None:
                raise BankFailed(f"The bank did not start: {self._said()}\n{self.log_tails()}")
            if time.monotonic() > deadline:
                self.stop()
                raise BankFailed(f"The bank was not ready after {START_SECONDS:.0f} s.\n{self.log_tails()}")
            disturb()
            time.sleep(0.02)
        return self

    def _is_open(self) -> bool:
        """Tell whether the start of this very process has ended: a killed one leaves its file behind."""
        try:
            ready: dict[str, dict[str, int]] = json.loads(self.folder.ready.read_text())
        except (OSError, ValueError):
            return False
        return ready["pids"].get("bank") == self.pid

    @property
    def environment(self) -> dict[str, str]:
        """Give the environment that the bank is started with."""
        ports = {setting.variable: str(self.ports[setting.owner]) for setting in PORTS}
        where = {
            "STRONGROOM_DATA_DIR": str(self.folder.path),
            "STRONGROOM_DIES_WITH_PARENT": "1",
            "STRONGROOM_WEB": "as-is",
        }
        return {**os.environ, **ports, **where, **self._environment}

    @property
    def pid(self) -> int:
        """Give the pid of `strongroom run`."""
        assert self._process is not None
        return self._process.pid

    def _said(self) -> str:
        assert self._process is not None
        return self._process.communicate(timeout=30)[1].strip()

    def stop(self) -> None:
        """Stop the bank in order, as Ctrl-C does; whatever is still there of it afterwards is killed."""
        for client in self._clients:
            client.close()
        self._clients.clear()
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        try:
            self._process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
        self._process = None
        end_leftovers(self.folder.run, self.folder.path)

    def crash(self) -> None:
        """Kill `strongroom run` itself with -9, as a machine's OOM killer would."""
        assert self._process is not None
        self._process.kill()
        self._process.communicate()
        self._process = None

    def remove(self) -> None:
        """Delete the data folder of a stopped bank."""
        shutil.rmtree(self.folder.path, ignore_errors=True)

    def log_tails(self, lines: int = 15) -> str:
        """Give the end of every log, for a failure's report."""
        parts = []
        for log in sorted(self.folder.logs.glob("*.log")):
            tail = log.read_text(errors="replace").splitlines()[-lines:]
            parts.append(f"--- {log.name}\n" + "\n".join(tail))
        return "\n".join(parts)

    # ------------------------------------------------------------------------------------------------ processes

    @property
    def records(self) -> list[Record]:
        """Give every process of the bank as it runs now."""
        return read_records(self.folder.run)

    def record(self, name: str) -> Record:
        """Give one process: identity, accounts, transactions, writer, gateway, mail, redis, notifications-worker …."""
        found = read_record(self.folder.run, name)
        assert found is not None, f"no process {name!r}"
        return found

    def kill(self, name: str, kind: signal.Signals = signal.SIGKILL) -> None:
        """Send a process a signal; the process manager starts it again when it ends."""
        os.kill(self.record(name).pid, kind)

    def stop_process(self, name: str) -> None:
        """Stop a process and keep it stopped until `start_process`."""
        Supervision(self.folder.run).stop(name)

    def start_process(self, name: str) -> None:
        """Start a process that was stopped; returns at once."""
        Supervision(self.folder.run).start(name)

    def wait_ready(self, name: str, *, timeout_seconds: float = 30.0) -> float:
        """Wait until a process takes work again and give how long that took in seconds.

        :raises BankFailed: if it does not in time
        """
        began = time.monotonic()
        programs = json.loads(self.folder.ready.read_text())["programs"]
        while not self._is_ready(name, programs[name]):
            if time.monotonic() - began > timeout_seconds:
                raise BankFailed(f"{name} was not ready after {timeout_seconds:.0f} s.\n{self.log_tails()}")
            time.sleep(0.02)
        return time.monotonic() - began

    def _is_ready(self, name: str, ready_url: str | None) -> bool:
        if not self.record(name).lives:
            return False
        if name == "redis":
            return self._redis_answers()
        try:
            return ready_url is None or httpx.get(ready_url, timeout=1.0).status_code == 200
        except httpx.HTTPError:
            return False

    # ---------------------------------------------------------------------------------------------------- Redis

    @property
    def redis_url(self) -> str:
        """Give the address of this bank's Redis."""
        return f"redis://127.0.0.1:{self.ports['redis']}/0"

    def _redis_answers(self) -> bool:
        """Tell whether Redis takes commands: its process lives a while before its port answers."""
        import redis

        try:
            with redis.Redis.from_url(self.redis_url, socket_timeout=1.0) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def redis_stop(self) -> None:
        """Take Redis away and keep it away; nothing of it is on disk, so it comes back empty."""
        self.stop_process("redis")

    def redis_start(self) -> None:
        """Bring Redis back, empty."""
        self.start_process("redis")

    def redis_flush(self) -> None:
        """Delete everything in Redis."""
        import redis

        with redis.Redis.from_url(self.redis_url) as client:
            client.flushall()

    # ----------------------------------------------------------------------------------------------------- HTTP

    @property
    def url(self) -> str:
        """Give the gateway's address."""
        return f"http://127.0.0.1:{self.ports['gateway']}"

    def url_of(self, service: str) -> str:
        """Give a service's own address, behind the gateway."""
        return f"http://127.0.0.1:{self.ports[service]}"

    def client(self, token: str | None = None, *, service: str | None = None) -> httpx.Client:
        """Give a client of `/api/v1` at the gateway (or at a service's own port), closed when the bank stops."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        base = self.url_of(service) if service else self.url
        client = httpx.Client(base_url=f"{base}/api/v1", headers=headers, timeout=20.0, trust_env=False)
        self._clients.append(client)
        return client

    def login(self, email: str, password: str) -> str:
        """Log in and give the access token."""
        answer = self.client().post("/auth/login", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])

    def login_demo(self, name: str) -> str:
        """Log one of the demo people in: ada, ben, cleo, dan, tess, olu, sam, sue, amir or alma."""
        return self.login(f"{name}@demo.bank", f"demo-password-{name}")

    def new_customer(self, *, product: str = "everyday", deposit_minor: int = 0) -> BankCustomer:
        """Register a customer with one open account, log in, and pay an amount in minor units of EUR into it."""
        return BankCustomer.joins(self, product=product, deposit_minor=deposit_minor)

    def wait_until(self, what: Callable[[], object], *, timeout_seconds: float = 10.0) -> float:
        """Wait until something is true and give how long that took in seconds.

        :raises BankFailed: if it does not become true in time
        """
        began = time.monotonic()
        while not what():
            if time.monotonic() - began > timeout_seconds:
                raise BankFailed(f"It did not happen within {timeout_seconds:.0f} s.\n{self.log_tails()}")
            time.sleep(0.02)
        return time.monotonic() - began
