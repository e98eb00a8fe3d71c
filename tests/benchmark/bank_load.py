"""Loads a running bank through its gateway and says what came of it: rate, latencies, errors, CPU, batches."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from pysqlite3 import dbapi2 as sqlite

from tests.benchmark.arithmetic import percentile, rate
from tests.benchmark.population import Person
from tests.benchmark.processes import cpu_of
from tests.builders.bank import ROOT, Bank


@dataclass(frozen=True, slots=True)
class Load:
    """One kind of load. `rate` is requests a second of an open loop; None is a closed loop."""

    name: str
    connections: int
    seconds: float
    path: str = "/api/v1/transfers"
    per_request: int = 1
    hot: bool = False
    rate: float | None = None


@dataclass(slots=True)
class Outcome:
    """One run of a load; `acknowledged` are the ids of the entries that were answered 201."""

    transfers_per_second: float
    latency_ms: dict[str, float]
    answers: int
    errors: int
    others: dict[str, int]
    samples: list[str]
    cpu_us: dict[str, float]
    writer: dict[str, float]
    acknowledged: list[str] = field(repr=False)
    behind: dict[str, int] = field(default_factory=dict)
    """How many facts each reader of the ledger's stream had still to read when the run ended."""
    wrong: list[str] = field(default_factory=list)
    """What the books said that must not be."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is loaded: a port of this machine, its users (token and accounts), a folder for the plan."""

    port: int
    users: list[dict[str, Any]]
    folder: Path


def run_generator(target: Target, load: Load, *, run: str, seed: int) -> dict[str, Any]:
    """Run the load generator, a process of its own, and give its result.

    :raises RuntimeError: if it breaks
    """
    plan = {
        "host": "127.0.0.1",
        "port": target.port,
        "connections": load.connections,
        "seconds": load.seconds,
        "rate": load.rate,
        "traffic": {
            "host": f"127.0.0.1:{target.port}",
            "path": load.path,
            "run": run,
            "seed": seed,
            "per_request": load.per_request,
            "hot": target.users[0]["accounts"][0] if load.hot else None,
            "users": target.users,
        },
    }
    path = target.folder / f"{run}.plan"
    path.touch(mode=0o600)  # it has tokens in it
    path.write_text(json.dumps(plan))
    command = [sys.executable, "-m", "tests.benchmark.load", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=load.seconds + 90)
    path.unlink()
    if done.returncode != 0:
        raise RuntimeError(f"The load generator broke: {done.stderr[-800:]}")
    result: dict[str, Any] = json.loads(path.with_suffix(".result").read_text())
    path.with_suffix(".result").unlink()
    return result


def run_load(bank: Bank, people: list[Person], load: Load, *, run: str, seed: int) -> Outcome:
    """Run a load through the bank's gateway.

    :raises RuntimeError: if the load generator breaks
    """
    users = [{"token": person.token, "accounts": person.accounts} for person in people]
    target = Target(port=bank.ports["gateway"], users=users, folder=bank.folder.run)
    cpu, writer = cpu_of(bank), read_writer(bank)
    result = run_generator(target, load, run=run, seed=seed)
    cpu_after, writer_after = cpu_of(bank), read_writer(bank)
    used = {name: cpu_after.get(name, 0.0) - before for name, before in cpu.items()} | {"load": result["cpu_seconds"]}
    outcome = _outcome(load, result, used, _writer_of(writer, writer_after))
    outcome.behind = facts_behind(bank)
    return outcome


def facts_behind(bank: Bank) -> dict[str, int]:
    """Give how many of the ledger's facts each reader has still to read."""

    def one(service: str, query: str) -> int:
        path = bank.folder.path / service / f"{service}.db"
        connection = sqlite.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
        try:
            return int((connection.execute(query).fetchone() or (0,))[0])
        finally:
            connection.close()

    told = one("transactions", "SELECT sequence FROM stream_head WHERE lane = 0")
    read = "SELECT sequence FROM cursors WHERE publisher = 'transactions' AND lane = 0"
    return {service: told - one(service, read) for service in ("accounts", "notifications")}


def _outcome(load: Load, result: dict[str, Any], used: dict[str, float], writer: dict[str, float]) -> Outcome:
    took = [seconds * 1000 for _, seconds in result["answered"]]
    booked = len(result["acknowledged"])
    answered = rate([at for at, _ in result["answered"]], seconds=load.seconds)
    share = booked / max(1, len(took))  # an answer of a batch stands for many transfers
    return Outcome(
        transfers_per_second=answered * share,
        latency_ms={f"p{percent}": round(percentile(took, percent), 2) for percent in (50, 95, 99)} if took else {},
        answers=len(took),
        errors=sum(result["others"].values()),
        others=result["others"],
        samples=result["samples"],
        cpu_us={name: round(seconds * 1e6 / max(1, booked), 1) for name, seconds in used.items()},
        writer=writer,
        acknowledged=result["acknowledged"],
    )


def read_writer(bank: Bank) -> dict[str, float]:
    """Read what the writer counts, by series."""
    return read_metrics(f"http://127.0.0.1:{bank.ports['writer-ops']}/metrics")


def read_metrics(url: str) -> dict[str, float]:
    """Read a process's metrics, by series as Prometheus writes it."""
    lines = httpx.get(url, timeout=10, trust_env=False).text.splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}


def _writer_of(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """Give commands a batch and the time of a commit in ms, as means over a run."""

    def grown(series: str) -> float:
        return after.get(series, 0.0) - before.get(series, 0.0)

    batches = grown("bank_ledger_batch_size_count")
    if not batches:
        return {}
    return {
        "batches": batches,
        "commands_per_batch": round(grown("bank_ledger_batch_size_sum") / batches, 1),
        "commit_ms": round(grown("bank_ledger_commit_seconds_sum") / batches * 1000, 2),
    }
