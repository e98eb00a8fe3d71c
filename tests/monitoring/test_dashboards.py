"""The dashboards: made from one source, with the predecessor's panels and variables, about metrics that exist."""

import json
import re
from typing import Any

import pytest
import yaml

from cli.dashboards.__main__ import texts
from cli.dashboards.services import SERVICES
from tests.architecture.source_tree import ROOT

FOLDER = ROOT / "monitoring/grafana/dashboards"
TEN = (
    "Total requests by method", "Success rate", "p50", "p95", "Requests by route", "Latency", "Responses per second",
    "Responses by status", "Share per route", "Process CPU",
)  # fmt: skip
ELSEWHERE = re.compile(r"redis_\w+|flower_\w+|process_\w+|up|ALERTS")


def boards() -> dict[str, dict[str, Any]]:
    """Give every provisioned dashboard by its uid."""
    found = [json.loads(path.read_text()) for path in FOLDER.glob("*.json")]
    return {board["uid"]: board for board in found}


def our_metrics() -> set[str]:
    """Give the names that the code makes, with what Prometheus' client adds to those of histograms."""
    names: set[str] = set()
    for root in ("shared", "services", "gateway"):
        for path in (ROOT / root).rglob("*.py"):
            names |= set(re.findall(r'"(bank_\w+)"', path.read_text()))
    return names | {name + suffix for name in names for suffix in ("_bucket", "_sum", "_count")}


class TestTheDashboards:
    def test_are_as_their_source_draws_them(self) -> None:
        assert {path.name: path.read_text() for path in FOLDER.glob("*.json")} == texts(), "make dashboards"

    def test_are_one_per_service_and_six_more(self) -> None:
        rooms = {"bank", "ledger", "streams", "celery", "gateway", "redis"}
        assert boards().keys() == {f"strongroom-{name}" for name in {*SERVICES, *rooms}}

    @pytest.mark.parametrize("service", SERVICES)
    def test_of_a_service_have_the_ten_panels_and_the_three_variables(self, service: str) -> None:
        board = boards()[f"strongroom-{service}"]
        assert tuple(panel["title"] for panel in board["panels"])[:10] == TEN
        assert [one["name"] for one in board["templating"]["list"]] == ["service", "route", "method"]
        shares = next(panel for panel in board["panels"] if panel["title"] == "Share per route")
        assert shares["type"] == "piechart"
        for panel in board["panels"][:9]:
            for target in panel["targets"]:
                assert all(f"${name}" in target["expr"] for name in ("service", "route", "method")), panel["title"]

    def test_ask_for_metrics_that_exist(self) -> None:
        ours = our_metrics()
        asked = {
            name
            for board in boards().values()
            for panel in board["panels"]
            for target in panel["targets"]
            for name in re.findall(r"\b(?:bank|redis|flower|process)_\w+|\bup\b|\bALERTS\b", target["expr"])
        }
        assert {name for name in asked if name not in ours and not ELSEWHERE.fullmatch(name)} == set()
        assert {name for name in asked if name.startswith("bank_")} <= ours

    def test_read_from_the_source_that_is_provisioned(self) -> None:
        source = yaml.safe_load((ROOT / "monitoring/grafana/provisioning/datasources/prometheus.yml").read_text())
        uids = {panel["datasource"]["uid"] for board in boards().values() for panel in board["panels"]}
        assert uids == {source["datasources"][0]["uid"]}

    def test_all_are_given_to_a_cluster(self) -> None:
        given = yaml.safe_load((ROOT / "monitoring/kustomization.yaml").read_text())["configMapGenerator"]
        files = next(one["files"] for one in given if one["name"] == "grafana-dashboards")
        assert sorted(files) == sorted(f"grafana/dashboards/{path.name}" for path in FOLDER.glob("*.json"))
