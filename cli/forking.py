"""Supervisord that forks: it has the heavy libraries in memory, and each Python process of the bank is a copy of it.

Twelve processes that each import the same libraries take 75 MB and a second of CPU each for that. A forked process
shares the pages of these libraries with its parent until one of them writes to them, and has nothing to import but our
own code. Run by `cli/supervision.py` as `python -m cli.forking <fork|exec> -n -c <supervisord.conf>`.

Supervisord forks and then executes `cli/child.py`. With `fork` the second step is replaced: what an exec would have
made new is made new by hand, and the module runs in the process that is already there.
"""

import atexit
import contextlib
import gc
import os
import runpy
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from supervisor.options import ServerOptions
from supervisor.supervisord import go

from cli.child import enter, read_program
from cli.preload import preload
from cli.process_table import show_as
from cli.supervision import GO


def main(arguments: Sequence[str]) -> None:
    """Load the libraries, wait for the word, and be supervisord until it is told to end."""
    forks = arguments[0] == "fork"
    if forks:
        _load()
    if sys.stdin.readline() != GO:
        return  # who started us has changed its mind, or is gone
    options: Any = ServerOptions()
    options.realize(arguments[1:])
    options.first, options.test = True, False
    if forks:
        options.fork, options.execve = _fork, _become
    go(options)


def _load() -> None:
    # The collector must neither run nor be asked to before the forks: the garbage it frees would leave holes between
    # what is shared, and every process would copy those pages for its own objects (4 MB each). What is frozen is never
    # looked at again, so looking for garbage in a child does not write to shared pages either.
    gc.disable()
    preload()
    gc.freeze()
    gc.enable()


def _fork() -> int:
    """Fork while signals wait: one that reaches the child at once must meet its own handlers, not supervisord's.

    The parent, too, puts the child into a group of its own. Supervisord leaves that to the child and stops groups: a
    child that had not run yet was in no group of that name, the stop went nowhere, and the child lived on.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    pid = -1
    try:
        pid = os.fork()
    finally:
        if pid != 0:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    if pid:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # it has ended, or is past its own exec
            os.setpgid(pid, pid)
    return pid


def _become(_filename: str, argv: list[str], environment: dict[str, str]) -> NoReturn:
    """Become the program of the command `… cli.child <file>`. Called in the forked child, in place of exec.

    Supervisord has already made the process group, put its pipes in the place of the standard streams and closed
    every other file. Nothing of it may be deleted here: its objects name files that are others by now.
    """
    status = 1
    try:
        gc.freeze()  # so nothing that supervisord left behind is collected, and closed, in here
        _reset_signals()
        program = read_program(Path(argv[-1]))
        program["environment"] = {**environment, **program["environment"]}
        enter(program)
        python, *rest = program["command"]
        if python != sys.executable or rest[0] != "-m":
            os.execve(python, program["command"], program["environment"])  # noqa: S606  # nosec B606 - e.g. redis
        status = _run(program["environment"], rest[1:])
    except SystemExit as end:
        status = _say(end)
    except BaseException:  # noqa: BLE001 - this is where the interpreter itself would print it
        traceback.print_exc()
    finally:
        _end(status)


def _reset_signals() -> None:
    """Undo what supervisord does with signals, as an exec would; then let in what waited."""
    for number in signal.valid_signals():
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.set_wakeup_fd(-1)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _run(environment: dict[str, str], arguments: list[str]) -> int:
    """Run `python -m <arguments>` in this process."""
    show_as(["python", "-m", *arguments])
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = list(arguments)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
    return 0


def _say(end: SystemExit) -> int:
    """Give the exit status that the interpreter makes of this, and print its text if it has one."""
    if end.code is None or isinstance(end.code, int):
        return end.code or 0
    sys.stderr.write(f"{end.code}\n")
    return 1


def _end(status: int) -> NoReturn:
    """End as the interpreter does: wait for threads, run what waits for the end, write what is buffered.

    Not by returning: that way leads through supervisord, which would take the child for a failed exec.
    """
    try:
        threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001 - as multiprocessing ends its forks
        atexit._run_exitfuncs()  # noqa: SLF001
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status & 0xFF)


if __name__ == "__main__":
    main(sys.argv[1:])
