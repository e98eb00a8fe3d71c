"""What each process cost, from /proc before and after; processes put to sleep while others are measured."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cli.records import living
from tests.builders.bank import Bank

KEEPERS = ("bank", "supervisord")
"""They stay awake, so that the bank ends when we do, whatever happens; they do next to nothing."""

_TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """Give the CPU time (user and system) that a process and its ended children used; 0 if it is gone."""
    try:
        text = (Path("/proc") / str(pid) / "stat").read_text()
    except OSError:
        return 0.0
    fields = text[text.rindex(")") + 2 :].split()
    return sum(map(int, fields[11:15])) / _TICK


def bank_processes(bank: Bank) -> dict[str, list[int]]:
    """Give the pids of each process of a bank, with what it forked, by name."""
    found = {record.name: living(record, bank.folder.path) for record in bank.records}
    if found.get("bank"):
        found["bank"] = [bank.pid]
    return found


def cpu_of(bank: Bank) -> dict[str, float]:
    """Give the CPU seconds of each process of a bank, by name."""
    return {name: sum(map(cpu_seconds, pids)) for name, pids in bank_processes(bank).items()}


@contextmanager
def asleep(bank: Bank) -> Iterator[None]:
    """Let a bank's processes sleep, so that what is measured meanwhile has the machine to itself.

    They work off what they were told (mails, inboxes) long after a run: without this they would slow the references.
    """
    pids = [pid for name, pids in bank_processes(bank).items() if name not in KEEPERS for pid in pids]
    _signal(pids, signal.SIGSTOP)
    try:
        yield
    finally:
        _signal(pids, signal.SIGCONT)


def _signal(pids: list[int], kind: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, kind)


def machine_cpu() -> tuple[float, float]:
    """Give the CPU seconds that the machine was busy and had in all since it started."""
    fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / _TICK, sum(fields) / _TICK
