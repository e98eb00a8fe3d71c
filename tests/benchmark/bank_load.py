"""Loads a running bank through its gateway and says what came of it: rate, latencies, errors, CPU, batches."""

import json
import subprocess
import sys
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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


def run_load(bank: Bank, people: list[Person], load: Load, *, run: str, seed: int, folder: Path) -> Outcome:
    """Run a load in a process of its own.

    :raises RuntimeError: if the load generator itself breaks
    """
    hot = people[0].accounts[0] if load.hot else None
    users = [{"token": person.token, "accounts": person.accounts} for person in people]
    traffic = {
        "host": f"127.0.0.1:{bank.ports['gateway']}",
        "path": load.path,
        "run": run,
        "seed": seed,
        "per_request": load.per_request,
        "hot": hot,
        "users": users,
    }
    plan = {
        "host": "127.0.0.1",
        "port": bank.ports["gateway"],
        "connections": load.connections,
        "seconds": load.seconds,
        "rate": load.rate,
        "traffic": traffic,
    }
    path = folder / f"{run}.plan"
    path.touch(mode=0o600)
    path.write_text(json.dumps(plan))
    cpu, writer = cpu_of(bank), read_writer(bank)
    command = [sys.executable, "-m", "tests.benchmark.load", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=load.seconds + 90)
    cpu_after, writer_after = cpu_of(bank), read_writer(bank)
    path.unlink()
    if done.returncode != 0:
        raise RuntimeError(f"The load generator broke: {done.stderr[-800:]}")
    result: dict[str, Any] = json.loads(path.with_suffix(".result").read_text())
    path.with_suffix(".result").unlink()
    used = {name: cpu_after.get(name, 0.0) - before for name, before in cpu.items()} | {"load": result["cpu_seconds"]}
    return _outcome(load, result, used, _writer_of(writer, writer_after))


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
    with urllib.request.urlopen(url, timeout=10) as answer:
        lines = answer.read().decode().splitlines()
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
