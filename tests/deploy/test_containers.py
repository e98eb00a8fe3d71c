"""What docker-compose.yml and the Dockerfiles promise, read without an engine."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.source_tree import ROOT


class OneOfEach(yaml.SafeLoader):
    """A loader that refuses a key written twice, as compose does."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build a mapping.

        :raises ValueError: if a key is there twice
        """
        written = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        twice = {key for key in written if written.count(key) > 1}
        if twice:
            raise ValueError(f"{twice} at {node.start_mark}")
        return super().construct_mapping(node, deep)


COMPOSE: dict[str, Any] = yaml.load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"), OneOfEach)  # noqa: S506 (a SafeLoader)
CONTAINERS: dict[str, dict[str, Any]] = COMPOSE["services"]
BANK = {name: one for name, one in CONTAINERS.items() if str(one["image"]).startswith("strongroom/")}
DOCKERFILES = ("deploy/Dockerfile", "frontend/Dockerfile")


class TestEveryContainer:
    @pytest.mark.parametrize("name", sorted(CONTAINERS))
    def test_has_the_least_it_can_do_with(self, name: str) -> None:
        one = CONTAINERS[name]
        assert one["read_only"] is True
        assert one["cap_drop"] == ["ALL"]
        assert "cap_add" not in one
        assert "privileged" not in one
        assert "no-new-privileges:true" in one["security_opt"]
        assert one["mem_limit"]
        assert one["pids_limit"] > 0

    def test_runs_as_somebody_else_than_root(self) -> None:
        # The collector of logs reads the engine's socket, which only root may.
        roots = {name for name, one in CONTAINERS.items() if str(one.get("user", "0")).partition(":")[0] == "0"}
        assert roots == {"alloy"}

    def test_that_lasts_is_asked_for_its_health_by_the_bank(self) -> None:
        once = {name for name, one in BANK.items() if one["restart"] == "no"}
        unasked = {name for name in BANK if "test" not in BANK[name].get("healthcheck", {})}
        assert unasked == once == {"secrets", *(name for name in BANK if name.endswith("-migrate"))}

    def test_that_waits_waits_for_health_or_an_end(self) -> None:
        for name, one in BANK.items():
            for other, how in one.get("depends_on", {}).items():
                wanted = "service_completed_successfully" if CONTAINERS[other]["restart"] == "no" else "service_healthy"
                assert how["condition"] == wanted, (name, other)


class TestTheFile:
    def test_has_no_key_twice(self) -> None:
        # COMPOSE was read by the same loader; this shows that it looks.
        with pytest.raises(ValueError, match="PORT"):
            yaml.load("one: {PORT: 1, PORT: 2}", OneOfEach)  # noqa: S506 (a SafeLoader)


class TestThePorts:
    def test_of_this_machine_are_bound_to_it_alone(self) -> None:
        ports = [port for one in CONTAINERS.values() for port in one.get("ports", [])]
        assert [port for port in ports if not port.startswith("127.0.0.1:")] == []

    def test_of_the_bank_are_the_web_servers_alone(self) -> None:
        assert [name for name, one in BANK.items() if "ports" in one] == ["web"]

    def test_inside_cannot_be_left(self) -> None:
        assert COMPOSE["networks"]["inside"] == {"internal": True}
        outside = {name for name, one in BANK.items() if "edge" in one.get("networks", [])}
        assert outside == {"gateway", "web"}


class TestTheSecrets:
    def test_of_a_service_are_mounted_by_it_alone(self) -> None:
        makers = {"secrets", "stores"}
        for name, one in CONTAINERS.items():
            seen = {str(volume).partition(":")[0] for volume in one.get("volumes", []) if "-secrets:" in str(volume)}
            own = f"{name.partition('-')[0] if name != 'mail' else 'notifications'}-secrets"
            assert name in makers or seen <= {own}, name

    def test_are_in_no_environment(self) -> None:
        told = {key for one in CONTAINERS.values() for key in one.get("environment", {})}
        assert {key for key in told if re.search("SECRET|PASSWORD$|DATABASE_URL", key)} == set()


class TestTheDockerfiles:
    @pytest.mark.parametrize("path", DOCKERFILES)
    def test_are_clean(self, path: str) -> None:
        hadolint = Path(sys.executable).with_name("hadolint")
        done = subprocess.run([hadolint, ROOT / path], capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, done.stdout) == (0, "")

    def test_have_no_syntax_line_and_name_no_registry(self) -> None:
        for path in DOCKERFILES:
            text = (ROOT / path).read_text(encoding="utf-8")
            assert "syntax=" not in text
            assert "://" not in text

    def test_stand_ins_are_made_for_what_is_pulled(self) -> None:
        script = (ROOT / "tests/containers/stand_ins.sh").read_text(encoding="utf-8")
        bases = {
            found
            for path in DOCKERFILES
            for found in re.findall(r"^ARG \w+_IMAGE=(\S+)", (ROOT / path).read_text(), re.M)
        }
        pulled = bases | {str(one["image"]) for name, one in CONTAINERS.items() if name not in BANK}
        without = {image for image in pulled if image not in script}
        assert {image.partition(":")[0] for image in without} == {"grafana/grafana", "grafana/loki", "grafana/alloy"}


class TestTheCollectorOfTargets:
    def test_knows_every_process_that_has_metrics(self) -> None:
        scraped = yaml.safe_load((ROOT / "monitoring/prometheus/compose.yml").read_text(encoding="utf-8"))
        bank = next(job for job in scraped["scrape_configs"] if job["job_name"] == "bank")
        told = {(name, row["port"]) for row in bank["dns_sd_configs"] for name in row["names"]}
        ports = {name: one["environment"].get("HEALTH_PORT") for name, one in BANK.items() if "environment" in one}
        assert told == {(name, port) for name, port in ports.items() if port}
