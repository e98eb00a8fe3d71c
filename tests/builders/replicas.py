"""More replicas of the ledger beside a bank whose stores are on PostgreSQL: each its own API and its own writer.

They run the very programs that the bank runs, with ports and a socket of their own.
"""

import json
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx

from cli.bank_secrets import SERVICES
from cli.ports import free_ports
from tests.builders.bank import ROOT, Bank
from tests.builders.postgres import PostgresServer

READY_SECONDS = 60.0


def bank_on(server: PostgresServer, *, seeded: bool = True) -> Bank:
    """Make a bank whose five stores are schemas of one database of this server; nothing runs yet."""
    address = server.make_database()
    return Bank(seeded=seeded, environment={f"{service.upper()}_DATABASE_URL": address for service in SERVICES})


class LedgerReplica:
    """One more replica of `transactions`: an API process with its stream door, and a writer."""

    def __init__(self, bank: Bank, number: int) -> None:
        """Choose ports and a socket; nothing runs yet."""
        self._bank = bank
        self._number = number
        port, writer_ops = free_ports(2)
        self.url = f"http://127.0.0.1:{port}"
        self._writer_url = f"http://127.0.0.1:{writer_ops}"
        self._own = {
            "TRANSACTIONS_PORT": str(port),
            "TRANSACTIONS_WRITER_OPS_PORT": str(writer_ops),
            "TRANSACTIONS_WRITER_SOCKET": str(bank.folder.run / f"ledger-{number}.sock"),
        }
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> "LedgerReplica":
        """Start both processes and wait until they take work."""
        self._processes = [self._start("writer"), self._start("transactions")]
        ends = time.monotonic() + READY_SECONDS
        while not (self._is_ready(self._writer_url) and self._is_ready(self.url)):
            assert all(process.poll() is None for process in self._processes), self._bank.log_tails()
            assert time.monotonic() < ends, self._bank.log_tails()
            time.sleep(0.05)
        return self

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        program: dict[str, Any] = json.loads((self._bank.folder.run / "programs" / f"{name}.json").read_text())
        environment = {**self._bank.environment, **program["environment"], **self._own}
        log = Path(self._bank.folder.logs) / f"{name}-{self._number}.log"
        with log.open("ab") as out:
            return subprocess.Popen(program["command"], cwd=ROOT, env=environment, stdout=out, stderr=out)

    def _is_ready(self, url: str) -> bool:
        try:
            return httpx.get(f"{url}/readyz", timeout=1.0).status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        """Kill both processes with -9, as a machine that loses its power would."""
        for process in self._processes:
            process.kill()
        self._end()

    def stop(self) -> None:
        """Stop both processes in order: the door first."""
        for process in reversed(self._processes):
            process.terminate()
        self._end()

    def _end(self) -> None:
        for process in self._processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._processes = []
