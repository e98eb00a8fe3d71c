"""The whole bank in containers for tests: `docker compose up` under a project name and a port of its own."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from cli.ports import free_ports
from tests.builders.bank import Bank, BankFailed

ROOT = Path(__file__).resolve().parents[2]
UP_SECONDS = 240
OPS_PORTS = {"gateway": 8081, "transactions-writer": 8013, "mail": 8026}
_ASK = (
    "import sys, urllib.request as u; print(u.urlopen('http://127.0.0.1:' + sys.argv[1] + sys.argv[2]).read().decode())"
)


FIGURES: list[str] = []
"""What the lane measured, printed at its end."""


@dataclass(frozen=True)
class Container:
    """One container of the bank."""

    name: str
    service: str
    state: str
    health: str


class ComposeBank(Bank):
    """The bank of docker-compose.yml, behind the web server. It removes its containers, networks and volumes."""

    def __init__(self, project: str, *, profiles: Sequence[str] = (), scale: dict[str, int] | None = None) -> None:
        """Name the project; nothing runs yet."""
        self.project, self._profiles, self._scale = project, tuple(profiles), scale or {}
        self._clients = []
        self._ports = dict(zip(("web", "prometheus", "alertmanager", "flower"), free_ports(4), strict=True))
        self.up_seconds = 0.0

    # ------------------------------------------------------------------------------------------- start and stop

    def compose(self, *arguments: str, check: bool = True, seconds: float = UP_SECONDS) -> str:
        """Run a command of compose for this bank and give what it printed.

        :raises BankFailed: if it fails
        """
        profiles = [word for profile in self._profiles for word in ("--profile", profile)]
        ports = {f"STRONGROOM_{name.upper()}_PORT": str(port) for name, port in self._ports.items()}
        ports["STRONGROOM_PORT"] = ports.pop("STRONGROOM_WEB_PORT")
        ports["LISTENERS"] = "off" if "listeners" in self._profiles else "embedded"
        done = subprocess.run(
            ["docker", "compose", "--progress", "plain", "-p", self.project, *profiles, *arguments],
            cwd=ROOT, env={**os.environ, **ports}, capture_output=True, text=True, check=False, timeout=seconds,
        )  # fmt: skip
        if check and done.returncode != 0:
            raise BankFailed(f"compose {' '.join(arguments[:3])} failed: {done.stderr[-800:]}\n{self.log_tails()}")
        return done.stdout

    def up(self) -> "ComposeBank":
        """Bring the bank up and wait until every container is healthy.

        :raises BankFailed: if one is not in time
        """
        scale = [word for service, number in self._scale.items() for word in ("--scale", f"{service}={number}")]
        began = time.monotonic()
        self.compose("up", "--detach", "--wait", "--wait-timeout", str(UP_SECONDS - 10), *scale)
        self.up_seconds = time.monotonic() - began
        return self

    def monitor(self) -> None:
        """Bring the monitors up that have an image here; Grafana, Loki and Alloy come with a registry only."""
        self.compose(
            "--profile", "monitoring", "up", "--detach", "prometheus", "alertmanager", "redis-exporter", "flower"
        )

    def down(self) -> None:
        """End it, and delete what it kept."""
        for client in self._clients:
            client.close()
        every = ("--profile", "postgres", "--profile", "listeners", "--profile", "monitoring")
        self.compose(*every, "down", "--volumes", "--remove-orphans", "--timeout", "20", check=False)

    def log_tails(self, lines: int = 15) -> str:
        """Give the last lines that each container wrote."""
        command = ["docker", "compose", "-p", self.project, "logs", "--no-color", "--tail", str(lines)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
        return done.stdout[-12_000:]

    # ---------------------------------------------------------------------------------------------- its containers

    @property
    def url(self) -> str:
        """Give the address of the web server, which hands /api to the gateway."""
        return f"http://127.0.0.1:{self._ports['web']}"

    def url_of(self, service: str) -> str:
        """Give the address of a monitor; the bank's own services have none on this machine."""
        return f"http://127.0.0.1:{self._ports[service]}"

    def containers(self, service: str | None = None) -> list[Container]:
        """Give the containers (of a service), those that have ended included."""
        lines = self.compose("ps", "--all", "--format", "json", *([service] if service else [])).splitlines()
        found = [json.loads(line) for line in lines if line.strip()]
        return sorted(
            (Container(one["Name"], one["Service"], one["State"], one["Health"]) for one in found),
            key=lambda container: container.name,
        )

    def inspect(self, container: Container) -> dict[str, Any]:
        """Give what the engine knows of a container."""
        told: list[dict[str, Any]] = json.loads(engine("inspect", container.name))
        return told[0]

    def kill_container(self, service: str) -> None:
        """Kill a container's first process as a crash would, so that the engine starts it again."""
        pid = int(self.inspect(self.containers(service)[0])["State"]["Pid"])
        os.kill(pid, signal.SIGKILL)

    def wait_healthy(self, service: str, *, timeout_seconds: float = 90.0) -> float:
        """Wait until every container of a service is healthy and give the seconds that took."""
        return self.wait_until(
            lambda: all(one.health == "healthy" for one in self.containers(service)), timeout_seconds=timeout_seconds
        )

    def ask(self, container: Container, path: str, *, port: int | None = None) -> str:
        """Ask a process of the bank from inside of its container, where its port of health and metrics is."""
        own = [line for line in self.inspect(container)["Config"]["Env"] if line.startswith("HEALTH_PORT=")]
        return engine("exec", container.name, "python", "-S", "-c", _ASK, str(port or own[0].partition("=")[2]), path)

    def memory_bytes(self) -> dict[str, float]:
        """Give the memory of each running container, as `docker stats` counts it."""
        names = [one.name for one in self.containers() if one.state == "running"]
        lines = engine("stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}}", *names).splitlines()
        return {line.split()[0]: _bytes(line.split()[1]) for line in lines}

    def mails_to(self, address: str) -> list[str]:
        """Give the subjects of the mails that were caught for an address."""
        with contextlib.suppress(httpx.HTTPError):
            items = httpx.get(f"{self.url}/dev/mail", params={"format": "json", "to": address}, timeout=10).json()[
                "items"
            ]
            return [mail["subject"] for mail in items if address in mail["to"]]
        return []


def engine(*arguments: str) -> str:
    """Run a command of the engine and give what it printed."""
    return subprocess.run(["docker", *arguments], capture_output=True, text=True, check=True, timeout=60).stdout


def _bytes(written: str) -> float:
    units = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "B": 1}
    unit = next(name for name in units if written.endswith(name))
    return float(written.removesuffix(unit)) * units[unit]
