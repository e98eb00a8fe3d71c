"""Measure the figures of the README: `make figures`. It prints; it judges nothing.

A fresh clone of HEAD is started as a newcomer would (environment, install, seed), stopped, and started again; then
memory, recovery after kill -9, and the way of a fact from the 201 to the inbox are measured.
"""

import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from rich.console import Console
from rich.table import Table

from cli.ports import PORTS, free_ports
from cli.status import health_of
from tests.builders.bank import ROOT, Bank

PROCESSES = ("identity", "accounts", "transactions", "writer", "support", "notifications", "gateway")
console = Console()


def main() -> None:
    """Measure and print."""
    table = Table(
        title=f"Strongroom on {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    table.add_column("figure")
    table.add_column("measured", justify="right")
    table.add_column("goal", justify="right")
    first, second = fresh_clone()
    table.add_row("`make run` from a fresh clone to a working login", f"{first:.1f} s", "≤ 90 s")
    table.add_row("second start to a working login", f"{second:.1f} s", "≤ 30 s")
    bank = Bank()
    try:
        console.print("A bank for memory, recovery and facts …")
        bank.start()
        for row in (memory(bank), *recoveries(bank), fact_latency(bank)):
            table.add_row(*row)
    finally:
        bank.stop()
        bank.remove()
    console.print(table)


def fresh_clone() -> tuple[float, float]:
    """Time the first and the second `make run` of a fresh clone, in seconds until ada can log in."""
    with tempfile.TemporaryDirectory(prefix="clone-") as folder:
        clone = Path(folder) / "strongroom"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        ports = dict(zip([port.variable for port in PORTS], map(str, free_ports(len(PORTS))), strict=True))
        times = []
        for number in ("first", "second"):
            console.print(f"The {number} start of a fresh clone …")
            times.append(_time_start(clone, ports))
        shutil.rmtree(clone)
    return times[0], times[1]


def _time_start(clone: Path, ports: dict[str, str]) -> float:
    began = time.monotonic()
    # The interpreter behind our own environment, as a newcomer's `python3`; the clone makes its own environment.
    python = Path(sys.base_prefix) / "bin" / "python3"
    process = subprocess.Popen(
        ["make", "run", f"PYTHON={python}"],
        cwd=clone,
        env={**os.environ, **ports},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        body = {"email": "ada@demo.bank", "password": "demo-password-ada"}
        url = f"http://127.0.0.1:{ports['STRONGROOM_PORT']}/api/v1/auth/login"
        while time.monotonic() - began < 300:
            try:
                if httpx.post(url, json=body, timeout=2).status_code == 200:
                    return time.monotonic() - began
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise SystemExit("The bank did not start within 300 s.")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)


def memory(bank: Bank) -> tuple[str, str, str]:
    """Add up the memory of all processes."""
    import json

    programs = json.loads(bank.folder.ready.read_text())["programs"]
    total = sum(health.memory for health in health_of(bank.folder, programs)) / 1e6
    return ("all processes together (PSS)", f"{total:.0f} MB", "≤ 1000 MB")


def recoveries(bank: Bank) -> list[tuple[str, str, str]]:
    """Kill each process with -9 and time until it takes work again."""
    rows = []
    for name in PROCESSES:
        bank.kill(name)
        time.sleep(0.2)  # the process manager must see it die; without this the old answer could be counted
        rows.append((f"{name} ready again after kill -9", f"{0.2 + bank.wait_ready(name):.1f} s", "≤ 5 s"))
    return rows


def fact_latency(bank: Bank) -> tuple[str, str, str]:
    """Time from the 201 of a transfer until the payee's inbox has it, median and worst of 30."""
    payer, payee = bank.new_customer(deposit_minor=10_000), bank.new_customer()
    seconds = []
    for _ in range(30):
        entry = payer.pay(payee, 1).json()["id"]
        began = time.monotonic()
        while all(item.get("transaction_id") != entry for item in payee.inbox()):
            time.sleep(0.002)
        seconds.append(time.monotonic() - began)
    worst, median = max(seconds) * 1000, statistics.median(seconds) * 1000
    return ("a fact in the inbox after the 201 (median, worst of 30)", f"{median:.0f} ms, {worst:.0f} ms", "≤ 1 s")


if __name__ == "__main__":
    main()
