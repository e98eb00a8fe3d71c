"""Run the benchmark: `make bench`, or `python -m tests.benchmark --quick`."""

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from rich.console import Console

from tests.benchmark.bank_load import Load, run_load
from tests.benchmark.population import Population
from tests.benchmark.postgres import Postgres
from tests.benchmark.processes import asleep
from tests.builders.bank import ROOT, Bank

console = Console(highlight=False)


def folder_on_the_banks_disk() -> Path:
    """Make an empty folder on the disk that `./data` is on: the system's for such if it lies there, else beside it.

    Others may pass through: PostgreSQL does not run as root.
    """
    disk, shared = ROOT.stat().st_dev, Path(tempfile.gettempdir())
    on_disk = shared.stat().st_dev == disk
    folder = Path(tempfile.mkdtemp(prefix="bench-" if on_disk else ".bench-", dir=shared if on_disk else ROOT))
    folder.chmod(0o711)
    return folder


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--accounts", type=int, default=10_000)
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.people, options.accounts, options.seconds = 1, 40, 400, 4.0
    folder = folder_on_the_banks_disk()
    postgres, bank = Postgres(folder / "postgres"), Bank(seeded=False, within=folder)
    try:
        began = time.monotonic()
        postgres.start()
        console.print(f"PostgreSQL {postgres.version()} after {time.monotonic() - began:.1f} s")
        began = time.monotonic()
        bank.start()
        console.print(f"bank after {time.monotonic() - began:.1f} s")
        population = Population(bank, people=options.people, accounts=options.accounts, advance=lambda *_: None)
        population.settle()
        console.print(population.seconds)
        theirs, ours = [], []
        for number in range(options.rounds):
            with asleep(bank):
                theirs.append(postgres.simple_update(clients=16, seconds=options.seconds))
            load = Load("uniform-64", 64, options.seconds)
            outcome = run_load(bank, population.people, load, run=f"u{number}", seed=number, folder=folder)
            ours.append(outcome.transfers_per_second)
            console.print(
                f"a {theirs[-1]:.0f}",
                f"ours {ours[-1]:.0f}",
                outcome.latency_ms,
                outcome.errors,
                outcome.samples[:1],
                outcome.cpu_us,
                outcome.writer,
            )
        console.print(f"ratio {sorted(ours)[len(ours) // 2] / sorted(theirs)[len(theirs) // 2]:.3f}")
    finally:
        postgres.stop()
        bank.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
