"""What the machine says about processes: who lives since when, who belongs to whom, and what memory they take.

Standard library only: `cli/child.py` reads it before anything is installed into its path.
"""

import contextlib
import ctypes
import os
import subprocess  # nosec B404 - asks `ps` where there is no /proc
import sys
from collections.abc import Sequence
from pathlib import Path

PROC = Path("/proc")
HAS_PROC = sys.platform == "linux"


def _stat(pid: int) -> list[str]:
    """Give the fields of /proc/<pid>/stat from the state on (field 3); none if the process is gone."""
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return []
    return text[text.rindex(")") + 2 :].split()


def _boot() -> str:
    with contextlib.suppress(OSError):
        return (PROC / "sys/kernel/random/boot_id").read_text().strip()
    return ""


def started(pid: int) -> str | None:
    """Give a text that, with the pid, names one process for ever; None if it is dead.

    A pid alone is reused, after a restart of the machine even with the same start tick: hence the boot id.
    """
    if not HAS_PROC:
        listed = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return listed.stdout.strip() or None
    fields = _stat(pid)
    if not fields or fields[0] in "ZX":
        return None
    return f"{_boot()}:{fields[19]}"


def group_members(group: int) -> list[int]:
    """Give the living processes of a process group, as far as this machine tells."""
    if not HAS_PROC:
        return [group] if started(group) else []
    found = []
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            fields = _stat(int(entry.name))
            if fields and fields[0] not in "ZX" and int(fields[2]) == group:
                found.append(int(entry.name))
    return sorted(found)


def environment_of(pid: int) -> dict[str, str]:
    """Give the environment a process of ours was started with; empty if it cannot be read."""
    try:
        raw = (PROC / str(pid) / "environ").read_bytes()
    except OSError:
        return {}
    pairs = (os.fsdecode(item).partition("=") for item in raw.split(b"\0") if item)
    return {name: value for name, _, value in pairs}


def name_of(pid: int) -> str:
    """Give the short name of a process, as `make` or `python3`; empty if it cannot be read."""
    with contextlib.suppress(OSError):
        return (PROC / str(pid) / "comm").read_text().strip()
    return ""


def show_as(command: Sequence[str]) -> None:
    """Let `ps` show this command for this process, which was forked and not executed.

    Written over the command line that the process began with, and cut to its length. The package setproctitle writes
    over the environment as well, and `environment_of` would no longer tell whose process this is.
    """
    fields = _stat(os.getpid())
    begin, end = (int(field) for field in fields[45:47])  # arg_start, arg_end
    if 0 < begin < end:
        text = b"\0".join(map(os.fsencode, command))[: end - begin - 1]
        ctypes.memmove(begin, text.ljust(end - begin, b"\0"), end - begin)


def memory_bytes(pid: int) -> int:
    """Give the proportional set size (PSS) of a process in bytes: shared pages count by share. 0 if unknown."""
    with contextlib.suppress(OSError):
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
