"""What the figures were measured on: machine, disk, versions."""

import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite

from cli.status import version as bank_version
from tests.builders.bank import ROOT

PACKAGES = ("sqlalchemy", "sqlmodel", "fastapi", "uvicorn", "aiohttp", "msgpack", "orjson", "pydantic")


def describe_machine(folder: Path) -> dict[str, Any]:
    """Give machine and disk; `fdatasync_ms` is the median of 200 small durable writes where the data is."""
    return {
        "name": os.environ.get("BENCH_MACHINE") or _cpu_model().split("@")[0].strip(),
        "cpu": _cpu_model(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "distribution": _distribution(),
        "file_system": _file_system(folder),
        "fdatasync_ms": _fdatasync_ms(folder),
    }


def describe_versions(postgres: str) -> dict[str, str]:
    """Give what ran."""
    return {
        "strongroom": bank_version(),
        "commit": _git("rev-parse", "--short", "HEAD") + ("+changes" if _git("status", "--porcelain") else ""),
        "python": platform.python_version(),
        "sqlite": str(sqlite.sqlite_version),
        "postgresql": postgres,
        **{package: version(package) for package in PACKAGES},
    }


def load_average() -> float:
    """Give the machine's load of the last minute: above 0 before a run, somebody else works here, too."""
    return os.getloadavg()[0]


def _cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", "")
    except OSError:
        return sys.platform


def _file_system(folder: Path) -> str:
    told = subprocess.run(
        ["stat", "--file-system", "--format=%T", str(folder)], capture_output=True, text=True, check=False
    )
    return told.stdout.strip()


def _fdatasync_ms(folder: Path) -> float:
    took = []
    path = folder / "fdatasync"
    with path.open("wb", buffering=0) as file:
        file.write(b"\0" * 4096)
        for _ in range(200):
            file.seek(0)
            file.write(os.urandom(4096))
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - began)
    path.unlink()
    return round(sorted(took)[100] * 1000, 3)


def _git(*arguments: str) -> str:
    told = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return told.stdout.strip()
