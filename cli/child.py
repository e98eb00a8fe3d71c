"""Become one of the bank's processes: tie this process to its parent's life, write down who it is, then exec.

Run by the process manager as `python -m cli.child <data>/run/programs/<name>.json`. Standard library only and quick:
every restart goes through here. The file, readable by its owner only, holds the command and its environment, so that
secrets stay out of command lines and out of the process manager's configuration.
"""

import ctypes
import json
import os
import signal
import sys
from pathlib import Path

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


def main(arguments: list[str]) -> None:
    """Read the program's file and become it; never returns."""
    program = json.loads(Path(arguments[0]).read_text())
    run_dir = Path(program["run_dir"])
    die_with_parent(signal.Signals[program["death_signal"]])
    parent = read_record(run_dir, program["parent"])
    if parent is None or os.getppid() != parent.pid:
        raise SystemExit(f"{program['name']}: its parent is gone")  # it died before the kernel was asked
    _end_orphans_of_the_last_life(run_dir, program["name"], Path(program["environment"]["BANK_DATA_DIR"]))
    record_this_process(run_dir, program["name"])
    os.chdir(program["directory"])
    environment = {**os.environ, **program["environment"]}
    os.execve(program["command"][0], program["command"], environment)  # noqa: S606  # nosec B606 - this is its purpose


if __name__ == "__main__":
    main(sys.argv[1:])
