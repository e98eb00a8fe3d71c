"""Ask every process of the running bank how it is (`strongroom status`)."""

import json
import tomllib
from dataclasses import dataclass
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from cli.data_folder import DataFolder, Refused
from cli.process_table import memory_bytes
from cli.programs import ROOT, Program
from cli.readiness import is_ready
from cli.records import Record, living, read_record

MEMORY_GOAL_MB = 1000


@dataclass(frozen=True)
class Health:
    """How one process is; memory in bytes (PSS) with what it forked."""

    name: str
    record: Record | None
    ready: bool
    memory: int


def version() -> str:
    """Give the bank's version: all of its processes run from this one tree."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"])


def read_ready(folder: DataFolder) -> dict[str, Any]:
    """Give what the start wrote down when it had ended: url, ports, pids, programs.

    :raises Refused: if the bank does not run on this folder
    """
    try:
        ready: dict[str, Any] = json.loads(folder.ready.read_text())
    except (OSError, ValueError):
        ready = {}
    bank = read_record(folder.run, "bank")
    if not ready or bank is None or not bank.lives:  # one that was killed leaves its files behind
        raise Refused(f"The bank does not run on {folder.path}: start it with `make run`.")
    return ready


def health_of(folder: DataFolder, programs: dict[str, str | None]) -> list[Health]:
    """Ask each program, and the two that hold them: our command and the process manager."""
    found = []
    with httpx.Client(timeout=2.0, trust_env=False) as client:
        for name, ready_url in {"bank": None, "supervisord": None, **programs}.items():
            record = read_record(folder.run, name)
            pids = living(record, folder.path) if record else []
            if record and record.name == "bank":
                pids = pids[:1]  # its group is the terminal's, with `make` and whatever else
            ready = is_ready(client, folder.run, Program(name, "", (), ready_url))
            found.append(Health(name, record, ready, sum(map(memory_bytes, pids))))
    return found


def table_of(healths: list[Health]) -> Table:
    """Draw the table, with the sum of the memory under it."""
    megabytes = sum(health.memory for health in healths) / 1e6
    table = Table(title=f"Strongroom {version()}", show_footer=True)
    table.add_column("process", "total")
    table.add_column("pid", justify="right")
    table.add_column("state")
    table.add_column("restarts", justify="right")
    table.add_column("memory (PSS)", f"{megabytes:.0f} of {MEMORY_GOAL_MB} MB", justify="right")
    for health in healths:
        record = health.record
        state = (
            "[green]ready[/]"
            if health.ready
            else ("[yellow]not ready[/]" if record and record.lives else "[red]down[/]")
        )
        pid, restarts = (str(record.pid), str(record.starts - 1)) if record else ("", "")
        table.add_row(health.name, pid, state, restarts, f"{health.memory / 1e6:.0f} MB")
    return table


def show_status(folder: DataFolder, console: Console) -> bool:
    """Print how every process is; False if one does not take work.

    :raises Refused: if the bank does not run on this folder
    """
    healths = health_of(folder, read_ready(folder)["programs"])
    console.print(table_of(healths))
    return all(health.ready for health in healths)
