"""Measure the figures of the banking day: `make figures`. It prints; it judges nothing.

The end of day runs as its worker runs it, on a store of its own; the writer's batch stands without its socket. The
transfers beside it come from another process, as the writer's do, one durable commit each.
"""

import logging
import os
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import structlog
from rich.console import Console
from rich.table import Table

from shared.store.engine import Store
from shared.store.migrate import migrate
from shared.store.schema import tables_of
from tests.services.transactions.conftest import ACCOUNTS, ADA, DEPOSIT, PUT, TESS, TRANSFER, transfer
from tests.services.transactions.day_bench import DayBench

PAUSE_SECONDS = 0.005
console = Console()


def main() -> None:
    """Measure and print."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    table = Table(title=f"The banking day on {platform.machine()}, {os.cpu_count()} cores")
    table.add_column("figure")
    table.add_column("measured", justify="right")
    table.add_column("goal", justify="right")
    table.add_row("a year of ends of day, 100 accounts", f"{a_year(100):.1f} s", "≤ 60 s")
    with ledger(10_000, date(2027, 1, 30)) as bench:
        usual = latencies(bench, seconds=5.0)
        seconds, memory, beside = an_end_of_day(bench)
        table.add_row("an end of day, 10,000 accounts, with transfers beside it", f"{seconds:.1f} s", "≤ 20 s")
        table.add_row("its memory, above that of 250 accounts", f"{memory:.0f} MB", "flat")
        quotient = p99(beside) / p99(usual)
        times = f"{p99(usual) * 1000:.1f} ms → {p99(beside) * 1000:.1f} ms ({quotient:.1f} ×, {len(beside)} transfers)"
        table.add_row("p99 of transfers during an end of day", times, "≤ 3 × usual")
    console.print(table)


@contextmanager
def ledger(accounts: int, first: date = date(2027, 1, 1)) -> Iterator[DayBench]:
    """Give a ledger with so many accounts, ada's and ben's among them, on the day after the first one."""
    with tempfile.TemporaryDirectory(prefix="day-figures-") as folder:
        url = f"sqlite:///{folder}/ledger.db"
        bench = bench_on(url)
        migrate(bench.store)
        bench.open_books(first)
        bench.terms("savings", fees=[{"kind": "monthly", "amount_minor": 100, "currency": "EUR", "waivable": False}])
        bench.rate(250, product="savings")
        for name in ("ada", "ben"):
            bench.deposit(bench.open(name, product="savings"), 10_000_000)
        _open_many(bench, accounts - 2)
        bench.end_day()
        yield bench
        bench.store.close()


def _open_many(bench: DayBench, count: int) -> None:
    """Open accounts and pay cash in, some hundred in a batch."""
    for start in range(0, count, 250):
        names = [f"n{number:05}" for number in range(start, min(start + 250, count))]
        opened = [
            bench.submission(
                PUT,
                {"version": 1, "account_number": f"DE00{name.upper()}", "owners": [f"c-{name}"], "product": "savings",
                 "currency": "EUR", "branch_id": "main"},
                ACCOUNTS,
                account_id=f"a-{name}",
            )
            for name in names
        ]  # fmt: skip
        cash = [
            bench.submission(DEPOSIT, {"account_id": f"a-{name}", "amount_minor": 1_000_000, "currency": "EUR"}, TESS)
            for name in names
        ]
        assert all(answer.status < 300 for answer in (*bench.book(*opened), *bench.book(*cash)))


def bench_on(url: str) -> DayBench:
    """Open the ledger at an address as a process of its own would."""
    return DayBench(Store(url, service="transactions", plumbing=tables_of("transactions")[1]))


def a_year(accounts: int) -> float:
    """End 365 days in order, each with a transfer; gives the seconds."""
    with ledger(accounts) as bench:
        began, last = time.perf_counter(), bench.today + timedelta(days=365)
        while bench.today < last:
            assert bench.one(TRANSFER, transfer("a-ada", "a-ben", 100), ADA)[0] == 201
            bench.end_day()
        return time.perf_counter() - began


def latencies(bench: DayBench, *, seconds: float = 0.0, until: int | None = None) -> list[float]:
    """Transfer one after another, for so many seconds or until a process has ended; gives the seconds of each."""
    found: list[float] = []
    ends = time.perf_counter() + seconds
    while (until is None and time.perf_counter() < ends) or (until is not None and not _has_ended(until)):
        began = time.perf_counter()
        assert bench.one(TRANSFER, transfer("a-ada", "a-ben", 1), ADA)[0] == 201
        found.append(time.perf_counter() - began)
        time.sleep(PAUSE_SECONDS)
    return found


def an_end_of_day(bench: DayBench) -> tuple[float, float, list[float]]:
    """End a month's last day in a process of its own; gives its seconds, what its memory grew by in MB after the first
    piece, and the seconds of the transfers beside it."""
    url, report = f"sqlite:///{bench.store.path}", Path(tempfile.mkstemp(prefix="day-figures-")[1])
    pid = os.fork()
    if pid == 0:
        try:
            _end_in_child(url, report)
        finally:
            os._exit(0)
    beside = latencies(bench, until=pid)
    seconds, grown = map(float, report.read_text().split())
    report.unlink()
    return seconds, grown, beside


def _end_in_child(url: str, report: Path) -> None:
    own, first = bench_on(url), [0]

    def note(_step: str) -> None:
        first[0] = first[0] or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    own.end.at = note
    began = time.perf_counter()
    own.end_day()
    seconds = time.perf_counter() - began
    report.write_text(f"{seconds} {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - first[0]) / 1000}")


_ended: set[int] = set()


def _has_ended(pid: int) -> bool:
    if pid not in _ended and os.waitpid(pid, os.WNOHANG)[0] == pid:
        _ended.add(pid)
    return pid in _ended


def p99(seconds: list[float]) -> float:
    """Give the time that 99 of 100 stay below."""
    return statistics.quantiles(seconds, n=100)[98] if len(seconds) > 1 else seconds[0]


if __name__ == "__main__":
    main()
