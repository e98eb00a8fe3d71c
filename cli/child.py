"""Become one of the bank's processes: tie this process to its parent's life, write down who it is, then exec.

Run as `python -m cli.child <data>/run/programs/<name>.json`: by the process manager where it does not fork
(`cli/forking.py` takes the same steps in a fork), and for what the command itself starts. Standard library only and
quick: restarts go through here. The file, readable by its owner only, holds the command and its environment, so that
secrets stay out of command lines and out of the process manager's configuration.
"""

import ctypes
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from cli.records import living, read_record, record_this_process

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with_parent(kind: signal.Signals) -> None:
    """Ask the kernel to send this signal when the parent dies; it outlives exec. Nothing where it does not exist."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(kind), 0, 0, 0)


def _end_orphans_of_the_last_life(run_dir: Path, name: str, data_dir: Path) -> None:
    """End what this program's last process had forked: the kernel signals children only, not grandchildren."""
    before = read_record(run_dir, name)
    for pid in living(before, data_dir) if before else ():
        os.kill(pid, signal.SIGKILL)


def read_program(path: Path) -> dict[str, Any]:
    """Give what `write_program` wrote: name, command, environment, directory, run_dir, parent, death_signal, nice."""
    program: dict[str, Any] = json.loads(path.read_text())
    return program


def enter(program: dict[str, Any]) -> None:
    """Take the program's place: die with the parent, end what the last life left, be recorded, go to its folder.

    :raises SystemExit: if the parent is gone
    """
    run_dir = Path(program["run_dir"])
    die_with_parent(signal.Signals[program["death_signal"]])
    parent = read_record(run_dir, program["parent"])
    if parent is None or os.getppid() != parent.pid:
        raise SystemExit(f"{program['name']}: its parent is gone")  # it died before the kernel was asked
    _end_orphans_of_the_last_life(run_dir, program["name"], Path(program["environment"]["BANK_DATA_DIR"]))
    record_this_process(run_dir, program["name"])
    os.chdir(program["directory"])
    os.nice(program["nice"])


def main(arguments: list[str]) -> None:
    """Read the program's file and become it; never returns."""
    program = read_program(Path(arguments[0]))
    enter(program)
    environment = {**os.environ, **program["environment"]}
    os.execve(program["command"][0], program["command"], environment)  # noqa: S606  # nosec B606 - this is its purpose


if __name__ == "__main__":
    main(sys.argv[1:])
