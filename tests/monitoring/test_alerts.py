"""Every alert has its runbook page and its test, both ways; `make alerts` runs the tests with promtool."""

import re
from typing import Any

import yaml

from tests.architecture.source_tree import ROOT

RULES = ROOT / "monitoring/prometheus/rules"


def alerts() -> dict[str, dict[str, Any]]:
    """Give every alert by name."""
    files = [yaml.safe_load(path.read_text()) for path in RULES.glob("*.yml")]
    found = [rule for file in files for group in file["groups"] for rule in group["rules"]]
    assert len({rule["alert"] for rule in found}) == len(found)
    return {rule["alert"]: rule for rule in found}


def told_by_tests() -> dict[str, set[bool]]:
    """Give for each alert whether a test expects that it fires, and whether one expects that it does not."""
    told: dict[str, set[bool]] = {}
    for path in (RULES / "tests").glob("*.yml"):
        for test in yaml.safe_load(path.read_text())["tests"]:
            for one in test["alert_rule_test"]:
                told.setdefault(one["alertname"], set()).add(bool(one["exp_alerts"]))
    return told


def page_of(alert: str) -> str:
    """Give where the runbook of an alert is."""
    return f"docs/runbooks/{re.sub('(?<=[a-z])(?=[A-Z])', '-', alert).lower()}.md"


class TestTheAlerts:
    def test_are_at_least_twelve(self) -> None:
        assert len(alerts()) >= 12

    def test_each_names_its_own_runbook_which_says_what_it_means_and_what_to_do(self) -> None:
        for name, rule in alerts().items():
            assert rule["annotations"]["runbook"] == page_of(name)
            page = (ROOT / page_of(name)).read_text()
            assert page.startswith(
                f"# {name}\n\n{rule['annotations']['summary']} Severity: {rule['labels']['severity']}"
            )
            sections = re.split(r"^## (.*)$", page, flags=re.MULTILINE)
            assert sections[1::2] == ["What it means", "What to look at", "What to do"]
            assert all(len(text.strip()) > 20 for text in sections[2::2])

    def test_no_runbook_is_left_over(self) -> None:
        pages = {path.name for path in (ROOT / "docs/runbooks").glob("*.md")} - {"README.md"}
        assert pages == {page_of(name).rpartition("/")[2] for name in alerts()}

    def test_each_is_tested_to_fire_and_to_be_quiet(self) -> None:
        assert told_by_tests() == {name: {True, False} for name in alerts()}

    def test_links_between_runbooks_lead_somewhere(self) -> None:
        for path in (ROOT / "docs/runbooks").glob("*.md"):
            for link in re.findall(r"\]\(([^)#]+)", path.read_text()):
                assert (path.parent / link).exists(), f"{path.name}: {link}"

    def test_are_the_ones_that_a_cluster_is_given(self) -> None:
        given = yaml.safe_load((ROOT / "monitoring/kustomization.yaml").read_text())["configMapGenerator"]
        files = next(one["files"] for one in given if one["name"] == "prometheus-rules")
        assert sorted(files) == sorted(f"prometheus/rules/{path.name}" for path in RULES.glob("*.yml"))
