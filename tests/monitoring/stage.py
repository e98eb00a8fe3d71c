"""A real bank with a real Prometheus, Alertmanager, Redis exporter and flower, all on this machine."""

import json
import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import yaml

from cli.bank_secrets import SERVICES
from tests.builders.bank import ROOT, Bank

SCRAPE_SECONDS = 2
PROGRAMS = ("prometheus", "prometheus-alertmanager", "prometheus-redis-exporter")
_OWNERS = {
    "gateway": "gateway-ops",
    "transactions-writer": "writer-ops",
    "mail": "mail-ops",
    **{f"{service}-worker": f"{service}-worker-ops" for service in SERVICES},
}
WITHOUT_PROCESS = {"listener": "runs inside its API on one machine", "beat": "runs inside its worker on one machine"}
"""Targets of compose that have no process here, by the label `process`, and why."""


def missing_programs() -> list[str]:
    """Give what the machine has to have and has not (Debian: packages of these names)."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


def free_port() -> int:
    """Give a port that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Stage:
    """The processes around a bank; `left_out` are the targets that have no process here."""

    bank: Bank
    folder: Path
    flower: str
    ports: dict[str, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Start everything and wait until each answers."""
        self.bank.start()
        self.ports = {name: free_port() for name in ("prometheus", "alertmanager", "redis-exporter", "flower")}
        redis = f"redis://127.0.0.1:{self.bank.ports['redis']}"
        config, alerts = self._prometheus_config(), self._alertmanager_config()
        at = {name: f"127.0.0.1:{port}" for name, port in self.ports.items()}
        self._spawn("prometheus-redis-exporter", f"-redis.addr={redis}", f"-web.listen-address={at['redis-exporter']}")
        options = ("--address=127.0.0.1", f"--port={self.ports['flower']}", "--persistent=False")
        self._spawn(self.flower, f"--broker={redis}/0", "flower", *options)
        storage = f"--storage.path={self.folder / 'alertmanager'}"
        web = f"--web.listen-address={at['alertmanager']}"
        self._spawn("prometheus-alertmanager", f"--config.file={alerts}", storage, web, "--cluster.listen-address=")
        storage = f"--storage.tsdb.path={self.folder / 'prometheus'}"
        web = f"--web.listen-address={at['prometheus']}"
        self._spawn("prometheus", f"--config.file={config}", storage, web, "--log.level=warn")
        self._wait(f"http://{at['prometheus']}/-/ready")
        self._wait(f"http://{at['alertmanager']}/-/ready")
        self._wait(f"http://{at['redis-exporter']}/metrics")
        self._wait(f"http://{at['flower']}/metrics")

    def stop(self) -> None:
        """End what was started, the bank last."""
        for process in reversed(self._running):
            process.terminate()
        for process in self._running:
            process.wait(timeout=30)
        self.bank.stop()
        self.bank.remove()

    def ask(self, path: str, **params: str) -> Any:
        """Ask Prometheus' API.

        :raises RuntimeError: if it does not accept the question
        """
        url = f"http://127.0.0.1:{self.ports['prometheus']}/api/v1/{path}"
        answer = httpx.get(url, params=params, timeout=30, trust_env=False).json()
        if answer["status"] != "success":
            raise RuntimeError(f"{params}: {answer['error']}")
        return answer["data"]

    def _spawn(self, *command: str) -> None:
        with (self.folder / f"{Path(command[0]).name}.log").open("wb") as log:
            env = {**os.environ, "HOME": str(self.folder)}
            self._running.append(
                subprocess.Popen(command, cwd=self.folder, env=env, stdout=log, stderr=subprocess.STDOUT)
            )

    def _wait(self, url: str) -> None:
        ends = time.monotonic() + 60
        while True:
            try:
                if httpx.get(url, timeout=5, trust_env=False).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            if time.monotonic() > ends:
                logs = {path.name: path.read_text()[-500:] for path in self.folder.glob("*.log")}
                raise RuntimeError(f"{url} did not answer within 60 s: {logs}")
            time.sleep(0.2)

    def _prometheus_config(self) -> Path:
        """Give compose's configuration with this machine's addresses: the same jobs, labels and rules, asked sooner."""
        config = yaml.safe_load((ROOT / "monitoring/prometheus/compose.yml").read_text())
        every = f"{SCRAPE_SECONDS}s"
        config["global"] = {"scrape_interval": every, "scrape_timeout": every, "evaluation_interval": every}
        config["rule_files"] = [str(ROOT / "monitoring/prometheus/rules/*.yml")]
        alertmanager = f"127.0.0.1:{self.ports['alertmanager']}"
        config["alerting"] = {"alertmanagers": [{"static_configs": [{"targets": [alertmanager]}]}]}
        for job in config["scrape_configs"]:
            if "dns_sd_configs" in job:
                names = [name for row in job.pop("dns_sd_configs") for name in row["names"]]
                job["static_configs"] = [self._target(name) for name in names if self._has_process(name)]
                continue
            name = job["static_configs"][0]["targets"][0].partition(":")[0].replace("localhost", "prometheus")
            job["static_configs"] = [{"targets": [f"127.0.0.1:{self.ports[name]}"]}]
        path = self.folder / "prometheus.yml"
        path.write_text(json.dumps(config))  # JSON is YAML
        return path

    def _has_process(self, name: str) -> bool:
        if name.partition("-")[2] not in WITHOUT_PROCESS:
            return True
        self.left_out.append(name)
        return False

    def _target(self, name: str) -> dict[str, Any]:
        """Give where a name of compose's network is here; the name goes on, since the labels are made from it."""
        address = f"127.0.0.1:{self.bank.ports[_OWNERS.get(name, name)]}"
        return {"targets": [address], "labels": {"__meta_dns_name": name}}

    def _alertmanager_config(self) -> Path:
        config = yaml.safe_load((ROOT / "monitoring/alertmanager/alertmanager.yml").read_text())
        config["global"]["smtp_smarthost"] = f"127.0.0.1:{self.bank.ports['mail']}"
        path = self.folder / "alertmanager.yml"
        path.write_text(json.dumps(config))
        return path
