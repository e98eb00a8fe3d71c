"""The images: small, of one service each, run by nobody, and able to start with nothing but their tmpfs."""

import json
import subprocess
from typing import Any

import pytest

from tests.builders.compose_bank import FIGURES, engine

SERVICES = ("identity", "accounts", "transactions", "support", "notifications")
IMAGES = (*SERVICES, "gateway", "frontend")
LIMIT_BYTES = 250_000_000


def inspected(name: str) -> dict[str, Any]:
    """Give what the engine knows of an image."""
    told: list[dict[str, Any]] = json.loads(engine("image", "inspect", f"strongroom/{name}:dev"))
    return told[0]


@pytest.mark.parametrize("name", IMAGES)
class TestAnImage:
    def test_has_at_most_250_megabytes(self, name: str) -> None:
        size = inspected(name)["Size"]
        FIGURES.append(f"image strongroom/{name} {size / 1e6:.0f} MB")
        assert size <= LIMIT_BYTES

    def test_runs_as_a_number_that_is_not_root(self, name: str) -> None:
        assert inspected(name)["Config"]["User"] == "10001:10001"

    def test_has_a_health_check_and_labels(self, name: str) -> None:
        config = inspected(name)["Config"]
        labels = {key.rpartition(".")[2] for key in config["Labels"] if key.startswith("org.opencontainers.image.")}
        assert config["Healthcheck"]["Test"][0] == "CMD"
        assert labels >= {"title", "description", "licenses", "version", "revision"}


@pytest.mark.parametrize("name", [*SERVICES, "gateway"])
class TestTheImageOf:
    def test_a_service_holds_its_own_code_and_no_other(self, name: str) -> None:
        folders = "*Path('/app').iterdir(), *Path('/app').glob('services/*')"
        listed = f"from pathlib import Path; print(*(p for p in ({folders}) if p.is_dir() and p.name[0] != '_'))"
        found = engine("run", "--rm", "--network", "none", f"strongroom/{name}:dev", "python", "-c", listed).split()
        own = ["/app/gateway"] if name == "gateway" else ["/app/services", f"/app/services/{name}"]
        assert sorted(found) == sorted([*own, "/app/shared"])

    def test_a_service_has_no_tests_tools_or_package_installer(self, name: str) -> None:
        tools = ("pip", "pytest", "mypy", "flower", "tests", "cli")
        probe = f"import importlib.util as u; print(*[m for m in {tools} if u.find_spec(m)])"
        isolated = ["run", "--rm", "--network", "none", f"strongroom/{name}:dev", "/opt/bank/bin/python", "-c", probe]
        assert engine(*isolated).split() == []

    def test_a_service_starts_no_process_as_root_and_writes_nothing_to_its_root(self, name: str) -> None:
        write = ["run", "--rm", "--network", "none", "--read-only", "--cap-drop", "ALL", f"strongroom/{name}:dev"]
        command = ["docker", *write, "sh", "-c", "id -u; touch /app/x"]
        tried = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert tried.stdout.strip() == "10001"
        assert tried.returncode != 0
