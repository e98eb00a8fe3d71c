"""What the manifests start is what the code has: every door, its settings, and commands that really run here."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from gateway.settings import GatewaySettings
from services.accounts.settings import AccountsSettings
from services.identity.settings import IdentitySettings
from services.identity.store.key_files import ensure_signing_key
from services.notifications.settings import NotificationsSettings
from services.support.settings import SupportSettings
from services.transactions.settings import TransactionsSettings
from shared.settings import BankSettings
from tests.architecture.source_tree import ROOT, SERVICES
from tests.builders.redis import RedisServer, free_port, redis_process, redis_server
from tests.deploy.rendering import Object, containers, named, rendered, service_of, workloads

__all__ = ["redis_process", "redis_server"]

DOORS = {"main": "api", "listener": "listener", "writer": "writer", "worker": "worker", "mailbox": "mailbox"}
SETTINGS: tuple[type[BankSettings], ...] = (
    IdentitySettings,
    AccountsSettings,
    TransactionsSettings,
    SupportSettings,
    NotificationsSettings,
    GatewaySettings,
)
OF_OTHERS = {"PYTHONUNBUFFERED", "MALLOC_ARENA_MAX", "REDIS_PASSWORD"}


def known_variables() -> set[str]:
    """Give every variable that some process of the bank reads."""
    found: set[str] = set()
    for settings in SETTINGS:
        prefix = settings.model_config.get("env_prefix", "")
        for name, field in settings.model_fields.items():
            aliases = getattr(field.validation_alias, "choices", None)
            found |= {str(alias) for alias in aliases} if aliases else {f"{prefix}{name}".upper()}
    return found


def doors_in_code(service: str) -> set[str]:
    """Give the containers that a service's doors ask for; a worker brings its schedule."""
    found = {name for door, name in DOORS.items() if (ROOT / "services" / service / f"{door}.py").exists()}
    return found | ({"beat"} if "worker" in found else set())


class TestTheManifests:
    @pytest.mark.parametrize("service", SERVICES)
    def test_start_every_door_of_a_service_on_sqlite(self, service: str) -> None:
        pod = named(rendered("local"), "StatefulSet", service)
        assert {each["name"] for each in containers(pod, first=False)} == doors_in_code(service)

    @pytest.mark.parametrize("service", SERVICES)
    def test_start_every_door_but_the_sandbox_mail_server_on_postgresql(self, service: str) -> None:
        mine = [one for one in workloads(rendered("production")) if service_of(one) == service and one["kind"] != "Job"]
        running = [each["name"] for one in mine for each in containers(one, first=False)]
        assert sorted(running) == sorted(doors_in_code(service) - {"mailbox"})

    @pytest.mark.parametrize("overlay", ["local", "production"])
    def test_set_only_variables_that_a_process_reads(self, overlay: str) -> None:
        objects = rendered(overlay)
        given = set(named(objects, "ConfigMap", "bank")["data"])
        for one in workloads(objects):
            if service_of(one) in (*SERVICES, "gateway"):
                given |= {source["name"] for each in containers(one) for source in each.get("env", [])}
        assert given - known_variables() - OF_OTHERS == set()

    @pytest.mark.parametrize("overlay", ["local", "production"])
    def test_give_settings_that_the_processes_accept(self, overlay: str, monkeypatch: pytest.MonkeyPatch) -> None:
        for name, value in named(rendered(overlay), "ConfigMap", "bank")["data"].items():
            monkeypatch.setenv(name, value)
        for settings in SETTINGS:
            settings()
        assert AccountsSettings().url_of("transactions") == "http://transactions:8003"


class Pod:
    """The containers of a SQLite pod as processes of this machine, with their volume in a temporary folder."""

    def __init__(self, service: str, folder: Path, redis_url: str) -> None:
        self.folder = folder
        self._pod = named(rendered("local"), "StatefulSet", service)
        self._service = service
        config: dict[str, str] = named(rendered("local"), "ConfigMap", "bank")["data"]
        own = {"REDIS_URL": redis_url, "BANK_DATA_DIR": str(folder / "data"), f"{service.upper()}_HOST": "127.0.0.1"}
        keys = {"IDENTITY_KEYS_DIR": str(folder / "keys"), f"{service.upper()}_CLIENT_SECRET": "for-this-test"}
        path = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
        self.environment = {**config, **own, **keys, **path}

    def container(self, name: str) -> Object:
        return next(each for each in containers(self._pod) if each["name"] == name)

    def command(self, name: str) -> list[str]:
        """Give a container's command with this machine's interpreter and temporary folder."""
        first, *rest = self.container(name)["command"]
        celery = str(Path(sys.executable).with_name("celery"))
        return [{"python": sys.executable, "celery": celery}[first], *(self.here(word) for word in rest)]

    def here(self, text: str) -> str:
        return text.replace("/tmp/", f"{self.folder}/tmp/")

    def ports(self, name: str) -> dict[str, int]:
        return {port["name"]: port["containerPort"] for port in self.container(name)["ports"]}

    def run(self, name: str) -> None:
        """Run a container that ends by itself."""
        done = subprocess.run(
            self.command(name), env=self.environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr

    @contextmanager
    def running(self, name: str) -> Iterator[subprocess.Popen[bytes]]:
        """Keep a container running; it is asked to stop at the end, and ends well."""
        process = subprocess.Popen(
            self.command(name), env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield process
            process.send_signal(signal.SIGTERM)
            # Uvicorn raises the signal again once it has drained.
            assert process.wait(30) in {0, -signal.SIGTERM}
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


@pytest.fixture
def pod_of(tmp_path: Path, redis_server: RedisServer) -> Callable[[str], Pod]:
    def make(service: str) -> Pod:
        (tmp_path / "tmp").mkdir()
        return Pod(service, tmp_path, redis_server.url)

    return make


def answers(url: str, *, seconds: float = 30) -> int:
    """Give the status of an address as soon as it is 200, or the last one."""
    ends, status = time.monotonic() + seconds, 0
    while time.monotonic() < ends and status != 200:
        try:
            status = httpx.get(url, timeout=2, trust_env=False).status_code
        except httpx.HTTPError:
            time.sleep(0.1)
    return status


def probe(one: Object, ports: dict[str, int], kind: str) -> str:
    """Give the address that a probe asks, on this machine."""
    asked = one[kind]["httpGet"]
    return f"http://127.0.0.1:{ports[asked['port']]}{asked['path']}"


class TestThePods:
    @pytest.mark.parametrize(("service", "door"), [("support", "api"), ("support", "listener"), ("accounts", "worker")])
    def test_run_as_written_and_answer_their_probes(
        self, pod_of: Callable[[str], Pod], service: str, door: str
    ) -> None:
        pod = pod_of(service)
        own = {"api": "PORT", "listener": "LISTENER_OPS_PORT", "worker": "WORKER_OPS_PORT"}[door]
        port = free_port()
        pod.environment[f"{service.upper()}_{own}"] = str(port)
        pod.run("migrate")
        ports = dict.fromkeys(pod.ports(door), port)
        with pod.running(door):
            for kind in ("startupProbe", "livenessProbe", "readinessProbe"):
                if kind in pod.container(door):
                    assert answers(probe(pod.container(door), ports, kind)) == 200
            assert answers(f"http://127.0.0.1:{port}/readyz") == 200
            assert "python_info" in httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text

    def test_have_identity_keys_from_files_that_the_secret_has(self, pod_of: Callable[[str], Pod]) -> None:
        pod = pod_of("identity")
        ensure_signing_key(pod.folder / "keys")
        pod.environment["IDENTITY_PORT"] = str(port := free_port())
        pod.environment["IDENTITY_SERVICE_CLIENTS"] = json.dumps({})
        pod.run("migrate")
        with pod.running("api"):
            assert answers(f"http://127.0.0.1:{port}/readyz") == 200

    def test_keep_a_schedule_whose_probe_notices_when_it_stops_writing(self, pod_of: Callable[[str], Pod]) -> None:
        pod = pod_of("accounts")
        pod.run("migrate")
        first, *words = (pod.here(word) for word in pod.container("beat")["livenessProbe"]["exec"]["command"])
        assert first == "python"
        asked = [sys.executable, *words]
        assert subprocess.run(asked, check=False, timeout=10).returncode == 1
        with pod.running("beat") as beat:
            ends = time.monotonic() + 30
            while not list((pod.folder / "tmp").glob("beat-schedule*")) and time.monotonic() < ends:
                time.sleep(0.1)
            assert subprocess.run(asked, check=False, timeout=10).returncode == 0
            # A schedule that hangs: only so does nothing write between the ageing and the question.
            beat.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, beat.pid, os.WSTOPPED | os.WNOWAIT)
            try:
                for path in (pod.folder / "tmp").glob("beat-schedule*"):
                    os.utime(path, (time.time() - 900,) * 2)
                assert subprocess.run(asked, check=False, timeout=10).returncode == 1
            finally:
                beat.send_signal(signal.SIGCONT)


def test_the_celery_command_is_installed_beside_python() -> None:
    assert shutil.which("celery", path=str(Path(sys.executable).parent))
