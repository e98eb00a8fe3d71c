"""Run the benchmark: `make bench` (`make bench QUICK=1` while developing)."""

import argparse
import sys
import time
from dataclasses import asdict, replace
from typing import Any

from rich.console import Console

from shared.clock import now
from tests.benchmark.arithmetic import median
from tests.benchmark.goals import judge
from tests.benchmark.machine import describe_machine, describe_versions, load_average
from tests.benchmark.report import print_report, write_report
from tests.benchmark.rounds import measure, take_turns
from tests.benchmark.stage import Size, Stage, progress_bar

FULL = Size(rounds=3, seconds=6.0, people=500, accounts=10_000, engine_batches=40)
QUICK = Size(rounds=1, seconds=3.0, people=50, accounts=1_000, engine_batches=10)


def main() -> int:
    """Measure, print, write; gives 1 if an invariant was broken or a request failed."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round with few accounts; writes nothing")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=float, help="of each run")
    parser.add_argument("--only", help="some runs by name, as pgbench,gateway-64: prints them and writes nothing")
    chosen = parser.parse_args()
    size = QUICK if chosen.quick else FULL
    size = replace(size, rounds=chosen.rounds or size.rounds, seconds=chosen.seconds or size.seconds)
    console = Console(highlight=False)
    if chosen.only:
        print_some(size, frozenset(chosen.only.split(",")), console)
        return 0
    found = run(size)
    print_report(found, console)
    if not chosen.quick:
        for path in write_report(found):
            console.print(f"written: {path}")
    return int(any(goal["measured"] > 0 for goal in found["goals"] if goal["unit"] == ""))


def print_some(size: Size, names: frozenset[str], console: Console) -> None:
    """Measure some runs and print each of them, the median of its rates first."""
    with progress_bar() as bar, Stage(size, bar=bar) as stage:
        runs = take_turns(stage, bar, only=names)
    for name, found in runs.items():
        rates = [one.pop("transfers_per_second") for one in found]
        console.print(f"[bold]{name}[/] {median(rates):,.0f} a second ({', '.join(f'{rate:,.0f}' for rate in rates)})")
        for one in found:
            console.print(f"  {one}" if one else "", soft_wrap=True)


def run(size: Size) -> dict[str, Any]:
    """Set everything up, measure, check, and give what the JSON file keeps."""
    began, load = time.monotonic(), load_average()
    with progress_bar() as bar, Stage(size, bar=bar) as stage:
        runs, rate = measure(stage, bar)
        bar.add_task("everything is verified", total=None)
        final = stage.check_all()
        found = {
            "taken_at": now().isoformat(timespec="seconds"),
            "machine": describe_machine(stage.folder) | {"load_before": round(load, 2)},
            "versions": describe_versions(stage.postgres.version()),
            "size": asdict(size),
            "set_up_seconds": stage.set_up_seconds,
            "open_loop_rate": round(rate, 1),
            "runs": runs,
            "final_check": final,
        }
    goals = judge(runs, final["wrong"])
    found["goals"] = [
        asdict(goal) | {"met": goal.met, "bar_text": goal.bar_text, "text": goal.measured_text} for goal in goals
    ]
    found["seconds"] = round(time.monotonic() - began)
    return found


if __name__ == "__main__":
    sys.exit(main())
