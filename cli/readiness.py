"""Wait until every process of the bank takes work, and say clearly which one does not."""

import time
from collections.abc import Callable
from pathlib import Path

import httpx

from cli.data_folder import DataFolder, Refused
from cli.programs import Program
from cli.records import read_record

HOPELESS_STARTS = 5
"""A process that was started so often and was never ready will not become it by waiting."""


def is_ready(client: httpx.Client, run_dir: Path, program: Program) -> bool:
    """Ask a process whether it takes work; one without HTTP is ready when it lives."""
    if program.ready_url is None:
        record = read_record(run_dir, program.name)
        return record is not None and record.lives
    try:
        return client.get(program.ready_url).status_code == 200
    except httpx.HTTPError:
        return False


def last_lines(log: Path, count: int = 8) -> str:
    """Give the end of a process's log, for a person to read."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
    except OSError:
        return ""


def wait_until_ready(
    folder: DataFolder, programs: list[Program], *, alive: Callable[[], bool], timeout_seconds: float = 90.0
) -> None:
    """Wait until all programs are ready; `alive` tells whether the process manager still runs.

    :raises Refused: naming the program that keeps ending or does not become ready in time, with the end of its log
    """
    deadline = time.monotonic() + timeout_seconds
    pending = list(programs)
    with httpx.Client(timeout=2.0, trust_env=False) as client:
        while pending:
            pending = [program for program in pending if not is_ready(client, folder.run, program)]
            for program in pending:
                record = read_record(folder.run, program.name)
                if record is not None and record.starts >= HOPELESS_STARTS:
                    raise _given_up(folder, program, "keeps ending")
            if pending and not alive():
                raise Refused(f"The process manager ended. {last_lines(folder.logs / 'supervisord.err', 1)}")
            if pending and time.monotonic() > deadline:
                raise _given_up(folder, pending[0], f"was not ready after {timeout_seconds:.0f} s")
            if pending:
                time.sleep(0.1)


def _given_up(folder: DataFolder, program: Program, what: str) -> Refused:
    log = folder.logs / f"{program.name}.log"
    return Refused(f"{program.name} {what}. The end of {log}:\n{last_lines(log)}")
