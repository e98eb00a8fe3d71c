"""Who runs in a data folder: one small file per process with its pid and start time, and how leftovers are ended.

Standard library only: `cli/child.py` writes a record before it becomes the process.
"""

import contextlib
import json
import os
import signal
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from cli.process_table import environment_of, group_members, started

OWNER = "BANK_DATA_DIR"
"""The variable in a process's environment that tells which data folder it belongs to."""


@dataclass(frozen=True)
class Record:
    """A process as it was when it started; `starts` counts how often its name was started in this run."""

    name: str
    pid: int
    started: str
    starts: int = 1

    @property
    def lives(self) -> bool:
        """Tell whether this very process (not another that got its pid) is alive."""
        return started(self.pid) == self.started


def folder_of(run_dir: Path) -> Path:
    """Give where the records of a run folder are."""
    return run_dir / "processes"


def write_whole(path: Path, text: str) -> None:
    """Write a small private file so that a reader sees the old or the new one, never a half."""
    fresh = path.with_suffix(f".new-{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(text)
    fresh.replace(path)


def read_record(run_dir: Path, name: str) -> Record | None:
    """Give the record of a process, None if there is none that can be read."""
    try:
        return Record(**json.loads((folder_of(run_dir) / f"{name}.json").read_text()))
    except (OSError, ValueError, TypeError):
        return None


def read_records(run_dir: Path) -> list[Record]:
    """Give all records of a run folder, by name."""
    names = sorted(path.stem for path in folder_of(run_dir).glob("*.json"))
    return [record for record in (read_record(run_dir, name) for name in names) if record]


def record_this_process(run_dir: Path, name: str) -> None:
    """Write down who this process is, before it does anything."""
    folder_of(run_dir).mkdir(parents=True, exist_ok=True)
    before = read_record(run_dir, name)
    pid = os.getpid()
    mine = Record(name, pid, started(pid) or "", (before.starts if before else 0) + 1)
    write_whole(folder_of(run_dir) / f"{name}.json", json.dumps(asdict(mine)))


def forget_records(run_dir: Path) -> None:
    """Delete all records: a new run counts its starts from one."""
    for path in folder_of(run_dir).glob("*.json"):
        path.unlink(missing_ok=True)


def living(record: Record, data_dir: Path) -> list[int]:
    """Give the pids that still live of a recorded process and of what it forked (a worker's beat).

    When another process has got the pid, the old group was empty by then: nothing of ours is left. Members count
    only if their environment names this data folder.
    """
    now = started(record.pid)
    if now is not None and now != record.started:
        return []
    ours = [record.pid] if now else []
    members = [pid for pid in group_members(record.pid) if pid != record.pid]
    return ours + [pid for pid in members if environment_of(pid).get(OWNER) == str(data_dir)]


def _signal(pids: Iterable[int], kind: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, kind)


def end_leftovers(run_dir: Path, data_dir: Path, *, patience_seconds: float = 12.0) -> list[str]:
    """End what an earlier run of this data folder left alive, its process manager first; give their names."""
    records = [record for record in read_records(run_dir) if record.pid != os.getpid()]
    found = [record.name for record in records if living(record, data_dir)]
    manager = [record for record in records if record.name == "supervisord"]
    for group in (manager, records):
        deadline = time.monotonic() + patience_seconds
        _signal((pid for record in group for pid in living(record, data_dir)), signal.SIGTERM)
        while any(living(record, data_dir) for record in group) and time.monotonic() < deadline:
            time.sleep(0.1)
        _signal((pid for record in group for pid in living(record, data_dir)), signal.SIGKILL)
    return found
