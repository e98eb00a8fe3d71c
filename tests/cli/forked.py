"""A small program for `test_forking.py`: tells what it found itself in, or ends in a given way.

Run as `python -m tests.cli.forked <mode> <file> …`, forked or executed; it must be the same to it.
"""

import atexit
import ctypes
import json
import os
import random
import secrets
import signal
import sys
import threading
import time
import uuid
from pathlib import Path

import uuid_utils

PR_GET_PDEATHSIG = 2


def surroundings() -> dict[str, object]:
    """Give all that an exec makes new and a fork does not."""
    dies_with = ctypes.c_int()
    ctypes.CDLL(None).prctl(PR_GET_PDEATHSIG, ctypes.byref(dies_with))
    umask = os.umask(0)
    os.umask(umask)
    handlers = {number: repr(signal.getsignal(number)) for number in sorted(signal.valid_signals())}
    return {
        "handlers": handlers,
        "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, ())),
        "wakeup": signal.set_wakeup_fd(-1),
        "files": sorted(int(file.name) for file in Path("/proc/self/fd").iterdir())[:4],
        "streams": [str(Path(f"/proc/self/fd/{number}").readlink()).partition(":")[0] for number in (0, 1, 2)],
        "dies_with": dies_with.value,
        "umask": umask,
        "nice": os.nice(0),
        "folder": str(Path.cwd()),
        "leads_its_group": os.getpgrp() == os.getpid(),
        "environment": dict(os.environ),
        "environment_of_the_c_library": os.popen("echo $SECRET").read(),  # noqa: S605
        "arguments": sys.argv,
        "path": sys.path,
        "name": __name__,
        "main": sys.modules["__main__"].__dict__.get("surroundings") is surroundings,
        "threads": len(list(Path("/proc/self/task").iterdir())),
        "main_thread": threading.current_thread() is threading.main_thread(),
        "executable": sys.executable,
    }


def chances() -> list[str]:
    """Give what no two processes may have in common."""
    return [str(random.random()), secrets.token_hex(), str(uuid.uuid4()), str(uuid_utils.uuid7())[14:]]


def main(mode: str, file: str) -> None:
    """Do what the mode says."""
    sys.stdout.write("a line at once\n")
    if mode == "tell":
        found = {"surroundings": surroundings(), "chances": chances()}
        fresh = Path(file).with_suffix(".new")
        fresh.write_text(json.dumps(found))
        fresh.replace(file)
        time.sleep(600)
    if mode == "status":
        raise SystemExit(3)
    if mode == "word":
        raise SystemExit("one clear line")
    if mode == "fault":
        raise ValueError("nobody caught this")
    if mode == "late":
        atexit.register(sys.stdout.write, "the very end\n")
        threading.Timer(0.2, sys.stdout.write, ["a thread's end\n"]).start()


if __name__ == "__main__":
    main(*sys.argv[1:3])
