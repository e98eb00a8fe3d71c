"""The order of the runs: references and the bank take turns, round after round, so that all see the same machine."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from rich.progress import Progress

from tests.benchmark.arithmetic import median
from tests.benchmark.bank_load import Load
from tests.benchmark.stage import Stage

Runs = dict[str, list[dict[str, Any]]]
BATCH_PATH = "/api/v1/transfers/batch"
OPEN_CONNECTIONS = 256


def measure(stage: Stage, bar: Progress) -> tuple[Runs, float]:
    """Give all runs by name, and the rate of the open loop: half of the peak of the closed loops."""
    runs = take_turns(stage, bar)
    rate = peak(runs) / 2
    runs["open-loop"] = []
    task = bar.add_task("", total=stage.size.rounds)
    for number in range(stage.size.rounds):
        bar.update(task, description=f"open loop at {rate:.0f} a second, {number + 1}")
        load = Load("open-loop", OPEN_CONNECTIONS, stage.size.seconds + 2, rate=rate)
        runs["open-loop"].append(asdict(stage.load(load)))
        bar.advance(task)
    return runs, rate


def take_turns(stage: Stage, bar: Progress, *, only: frozenset[str] = frozenset()) -> Runs:
    """Give the runs of all references and closed loops, or of some of them by name, round after round."""
    steps = [(name, step) for name, step in _steps(stage) if not only or name in only]
    runs: Runs = {name: [] for name, _ in steps}
    task = bar.add_task("", total=len(steps) * stage.size.rounds)
    stage.load(Load("warm-up", 64, 1.0))  # each process has seen a transfer; not counted
    for number in range(stage.size.rounds):
        for name, step in steps:
            bar.update(task, description=f"round {number + 1}: {name}")
            runs[name].append(step())
            bar.advance(task)
    bar.remove_task(task)
    return runs


def peak(runs: Runs) -> float:
    """Give the best median of the uniform closed loops, in transfers a second."""
    return max(median([run["transfers_per_second"] for run in runs[name]]) for name in ("gateway-64", "gateway-256"))


def _steps(stage: Stage) -> Iterator[tuple[str, Callable[[], dict[str, Any]]]]:
    seconds = stage.size.seconds

    def loaded(load: Load) -> tuple[str, Callable[[], dict[str, Any]]]:
        return load.name, lambda: asdict(stage.load(load))

    yield "pgbench", lambda: stage.pgbench(hot=False)
    yield loaded(Load("gateway-64", 64, seconds))
    yield "plain", lambda: stage.plain(hot=False)
    yield "engine", lambda: stage.engine_alone(hot=False)
    yield "raw", stage.raw
    yield loaded(Load("gateway-256", 256, seconds))
    yield "pgbench-hot", lambda: stage.pgbench(hot=True)
    yield loaded(Load("gateway-hot-64", 64, seconds, hot=True))
    yield "plain-hot", lambda: stage.plain(hot=True)
    yield "engine-hot", lambda: stage.engine_alone(hot=True)
    yield "raw-hot", stage.raw
    yield loaded(Load("gateway-batch-500", 8, seconds, path=BATCH_PATH, per_request=500))
