"""Runs reference (b): starts the plain variant's process, loads it as the bank is loaded, checks its books, ends it."""

import subprocess
import sys
import time
from pathlib import Path

import httpx
from pysqlite3 import dbapi2 as sqlite

from cli.ports import free_ports
from tests.benchmark.bank_load import Load, Target, run_generator
from tests.benchmark.plain_transfer import DATABASE, prepare
from tests.builders.bank import ROOT


class PlainVariant:
    """One process of the plain variant."""

    def __init__(self, folder: Path, *, people: int, accounts: int) -> None:
        """Make its store and start it.

        :raises RuntimeError: if it does not start
        """
        self._folder = folder
        self._people = prepare(folder, people=people, accounts=accounts)
        self._port = free_ports(1)[0]
        command = [sys.executable, "-m", "tests.benchmark.plain_transfer", str(folder), str(self._port)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError("The plain variant did not start.")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self._port}/openapi.json", timeout=1, trust_env=False).is_success
        except httpx.HTTPError:
            return False

    def measure(self, load: Load, *, run: str, seed: int) -> tuple[float, list[str]]:
        """Run a load and give transfers per second and what is wrong with the books afterwards."""
        before = self._entries()
        target = Target(port=self._port, users=self._people, folder=self._folder)
        result = run_generator(target, load, run=run, seed=seed)
        answered = [at for at, _ in result["answered"] if at <= load.seconds]
        wrong = [f"plain variant: {kind} {times} times" for kind, times in result["others"].items()]
        if self._entries() - before != len(result["acknowledged"]):
            wrong.append("plain variant: entries and acknowledged transfers differ")
        return len(answered) / load.seconds, wrong

    def _entries(self) -> int:
        connection = sqlite.connect(f"file:{self._folder / DATABASE}?mode=ro", uri=True)
        try:
            return int(connection.execute("SELECT COUNT(*) FROM entry").fetchone()[0])
        finally:
            connection.close()

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
