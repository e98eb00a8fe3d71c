"""What was to be reached, and whether it was."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.benchmark.arithmetic import median, ratio
from tests.benchmark.rounds import Runs


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure with its bar."""

    name: str
    measured: float
    bar: float
    at_least: bool = True
    unit: str = "×"

    @property
    def met(self) -> bool:
        """Tell whether it was reached."""
        return self.measured >= self.bar if self.at_least else self.measured <= self.bar

    @property
    def bar_text(self) -> str:
        """Write the bar as a person reads it."""
        sign = "≥" if self.at_least else "≤" if self.unit else "="
        return f"{sign} {self.bar:g} {self.unit}".strip()

    @property
    def measured_text(self) -> str:
        """Write what was measured."""
        return f"{self.measured:.2f} {self.unit}".strip() if self.unit else f"{self.measured:.0f}"


RATIOS = (
    ("engine alone ÷ raw group commit (c)", "engine", "raw", 0.4),
    ("gateway, 64 connections ÷ pgbench (a)", "gateway-64", "pgbench", 1),
    ("gateway, 256 connections ÷ pgbench (a)", "gateway-256", "pgbench", 1),
    ("gateway, 64 connections ÷ plain variant (b)", "gateway-64", "plain", 20),
    ("gateway, 256 connections ÷ plain variant (b)", "gateway-256", "plain", 20),
    ("one hot account ÷ our uniform load", "gateway-hot-64", "gateway-64", 0.9),
    ("one hot account ÷ PostgreSQL, one row and 64 clients", "gateway-hot-64", "pgbench-hot", 5),
    ("batches of 500 ÷ pgbench (a)", "gateway-batch-500", "pgbench", 3),
)
"""Name, ours, theirs, and the least ratio of their medians."""


def judge(runs: Runs, final_wrong: list[str]) -> list[Goal]:
    """Compare every figure with its bar."""
    return [*_ratios(runs), *_open_loop(runs), *_correctness(runs, final_wrong)]


def rates(runs: Runs, name: str) -> list[float]:
    """Give the transfers a second of each run."""
    return [run["transfers_per_second"] for run in runs[name]]


def _ratios(runs: Runs) -> Iterator[Goal]:
    for name, ours, theirs, bar in RATIOS:
        yield Goal(name, ratio(rates(runs, ours), rates(runs, theirs)), bar)


def _open_loop(runs: Runs) -> Iterator[Goal]:
    found = [run["latency_ms"]["p99"] for run in runs["open-loop"]]
    yield Goal("p99 at half of peak, counted from the intended time", median(found), 25, at_least=False, unit="ms")


def _correctness(runs: Runs, final_wrong: list[str]) -> Iterator[Goal]:
    errors = sum(run.get("errors", 0) for name in runs for run in runs[name])
    yield Goal("errors in all runs", errors, 0, at_least=False, unit="")
    wrong = sum(len(run.get("wrong", ())) for name in runs for run in runs[name]) + len(final_wrong)
    yield Goal("broken invariants after all runs", wrong, 0, at_least=False, unit="")
