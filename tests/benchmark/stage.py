"""All that is measured, set up on one disk: PostgreSQL, the plain variant, the engine's store, the whole bank."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.benchmark import engine
from tests.benchmark.bank_load import Load, Outcome, run_load
from tests.benchmark.ledger_check import Ledger
from tests.benchmark.plain_run import PlainVariant
from tests.benchmark.population import Population
from tests.benchmark.postgres import Postgres
from tests.benchmark.processes import asleep
from tests.builders.bank import ROOT, Bank

VERIFY_SECONDS = 900
TOKENS_GOOD_SECONDS = 120.0
"""Tokens live 300 s: older ones than this are renewed before a run begins."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    rounds: int
    seconds: float
    people: int
    accounts: int
    engine_batches: int


class Stage:
    """Holds what runs; `with Stage(...)` ends all of it and deletes its folder."""

    def __init__(self, size: Size, *, bar: Progress) -> None:
        """Nothing runs yet."""
        self.size = size
        self.set_up_seconds: dict[str, float] = {}
        self._bar = bar
        self._exit = ExitStack()
        self.folder = _folder_on_the_banks_disk()
        self._exit.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self._engine = self.folder / "engine"
        self._runs = 0

    def __enter__(self) -> "Stage":
        try:
            self._set_up()
        except BaseException:
            self._exit.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._exit.close()

    def _set_up(self) -> None:
        size = self.size
        self.postgres = Postgres(self.folder / "postgres")
        self._exit.callback(self.postgres.stop)
        self._step("PostgreSQL", self.postgres.start)
        self._step("engine's store", lambda: engine.prepare(self._engine, people=size.people, accounts=size.accounts))
        self._step("plain variant", self._start_plain)
        self.bank = Bank(seeded=False, within=self.folder)
        self._exit.callback(self.bank.stop)
        self._step("bank", self.bank.start)
        self.people = Population(self.bank, people=size.people, accounts=size.accounts, advance=self._advance)
        self._step("people and accounts", self.people.settle)
        self.set_up_seconds |= {f"… {name}": seconds for name, seconds in self.people.seconds.items()}
        self._ledger = Ledger(self.bank.folder.path / "transactions" / "transactions.db")
        self._exit.callback(self._ledger.close)

    def _start_plain(self) -> None:
        self._plain = PlainVariant(self.folder / "plain", people=self.size.people, accounts=self.size.accounts)
        self._exit.callback(self._plain.stop)

    def _step(self, name: str, work: Callable[[], object]) -> None:
        self._task = self._bar.add_task(f"set up: {name}", total=None)
        began = time.monotonic()
        work()
        self.set_up_seconds[name] = round(time.monotonic() - began, 1)
        self._bar.remove_task(self._task)

    def _advance(self, what: str, done: int, total: int) -> None:
        if self._task in self._bar.task_ids:  # sessions are renewed between runs, too, and quickly
            self._bar.update(self._task, description=f"set up: {what}", completed=done, total=total)

    # ------------------------------------------------------------------------------------------------ measuring

    def pgbench(self, *, hot: bool) -> dict[str, Any]:
        """Run (a): simple-update with 16 clients, or one row with 64."""
        self.postgres.checkpoint()
        with asleep(self.bank):
            if hot:
                found = self.postgres.hot_row(clients=64, seconds=self.size.seconds)
            else:
                found = self.postgres.simple_update(clients=16, seconds=self.size.seconds)
        return {"transfers_per_second": found}

    def plain(self, *, hot: bool) -> dict[str, Any]:
        """Run (b) with 64 connections."""
        self._runs += 1
        load = Load("plain", 64, min(self.size.seconds, 5.0), hot=hot)
        with asleep(self.bank):
            found, wrong = self._plain.measure(load, run=f"plain-{self._runs}", seed=self._runs)
        return {"transfers_per_second": found, "wrong": wrong}

    def engine_alone(self, *, hot: bool) -> dict[str, Any]:
        """Run the engine alone, in a process of its own."""
        with asleep(self.bank):
            return _module("engine", str(self._engine), "hot" if hot else "uniform", str(self.size.engine_batches))

    def raw(self) -> dict[str, Any]:
        """Run (c) with the rows of the engine's last run."""
        with asleep(self.bank):
            return _module("raw_commit", str(self._engine))

    def load(self, load: Load) -> Outcome:
        """Load the bank, then check what must hold; what does not is in `wrong`."""
        if time.monotonic() - self.people.logged_in_at > TOKENS_GOOD_SECONDS:
            self.people.refresh()
        self._runs += 1
        before = self._ledger.state()
        outcome = run_load(self.bank, self.people.people, load, run=f"{load.name}-{self._runs}", seed=self._runs)
        outcome.wrong = self._ledger.check(before, outcome.acknowledged)
        outcome.acknowledged = []
        return outcome

    def check_all(self) -> dict[str, Any]:
        """Check everything at the end: each balance against its postings, and all stores by `strongroom verify`."""
        with asleep(self.bank):
            wrong = self._ledger.check_balances()
            verified = subprocess.run(
                [sys.executable, "-m", "cli", "verify"],
                cwd=ROOT,
                env=self.bank.environment,
                capture_output=True,
                text=True,
                check=False,
                timeout=VERIFY_SECONDS,
            )
        said = (verified.stdout + verified.stderr).strip()
        if verified.returncode != 0:
            wrong.append(f"strongroom verify: {said[-600:]}")
        return {"entries": self._ledger.entries(), "wrong": wrong, "verify": said[-600:]}


def _module(name: str, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", f"tests.benchmark.{name}", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=180)
    if done.returncode != 0:
        raise RuntimeError(f"{name} broke: {done.stderr[-800:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _folder_on_the_banks_disk() -> Path:
    """Make an empty folder on the disk that `./data` is on: the system's for such if it lies there, else beside it.

    Others may pass through: PostgreSQL does not run as root.
    """
    shared = Path(tempfile.gettempdir())
    on_disk = shared.stat().st_dev == ROOT.stat().st_dev
    folder = Path(tempfile.mkdtemp(prefix="bench-" if on_disk else ".bench-", dir=shared if on_disk else ROOT))
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return folder


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show what is being done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield bar
