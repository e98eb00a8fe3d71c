"""`make dashboards-check`: every panel of every dashboard shows something on a live Prometheus under load.

A real bank, Prometheus, Alertmanager, Redis exporter and flower. Ends with status 1 if a panel is empty, a rule cannot
be evaluated, an alert fires that should not, or the one that should does not arrive as a mail. `--charts` draws.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.builders.bank import ROOT, Bank
from tests.monitoring.charts import draw_boards
from tests.monitoring.stage import PROGRAMS, WITHOUT_PROCESS, Stage, missing_programs
from tests.monitoring.traffic import make_load

LOAD_SECONDS = 75.0
"""Longer than the minute after which an alert for a missing process fires."""
STEP_SECONDS = 2
WINDOWS = {"$__rate_interval": "12s", "$__range": "60s"}
EXPECTED = {"ProcessDown"}
"""Listeners have no process of their own here: the one alert that has to fire, and has to arrive."""


def say(line: str) -> None:
    """Tell a line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def boards() -> list[dict[str, Any]]:
    """Give the dashboards as they are provisioned."""
    return [json.loads(path.read_text()) for path in sorted((ROOT / "monitoring/grafana/dashboards").glob("*.json"))]


def filled_in(expr: str, board: dict[str, Any]) -> str:
    """Put the first choice of each variable into an expression, as Grafana does."""
    for variable in board["templating"]["list"]:
        value = variable["allValue"] if variable["includeAll"] else variable["current"]["value"]
        expr = expr.replace(f"${variable['name']}", value)
    for name, window in WINDOWS.items():
        expr = expr.replace(name, window)
    assert "$" not in re.sub(r'"[^"]*"', "", expr), expr
    return expr


def read_panel(stage: Stage, board: dict[str, Any], panel: dict[str, Any]) -> list[tuple[dict[str, Any], list[Any]]]:
    """Ask for each expression of a panel; gives target and series."""
    found = []
    now = time.time()
    for target in panel["targets"]:
        expr = filled_in(target["expr"], board)
        if target["instant"]:
            series = stage.ask("query", query=expr, time=str(now))["result"]
            series = [{**one, "values": [one["value"]]} for one in series]
        else:
            span = {"start": str(now - 60), "end": str(now), "step": str(STEP_SECONDS)}
            series = stage.ask("query_range", query=expr, **span)["result"]
        found.append((target, [one for one in series if any(value != "NaN" for _, value in one["values"])]))
    return found


def check_panels(stage: Stage) -> tuple[dict[str, list[Any]], list[str]]:
    """Read every panel; gives the data by dashboard, and what is empty."""
    data: dict[str, list[Any]] = {}
    empty = []
    for board in boards():
        for panel in board["panels"]:
            found = read_panel(stage, board, panel)
            data.setdefault(board["uid"], []).append((panel, found))
            empty += [f"{board['uid']}: {panel['title']}: {t['expr']}" for t, series in found if not series]
        for variable in board["templating"]["list"]:
            metric, label = variable["query"]["query"].removeprefix("label_values(").removesuffix(")").rsplit(", ", 1)
            if not stage.ask(f"label/{label}/values", **{"match[]": filled_in(metric, board)}):
                empty.append(f"{board['uid']}: variable {variable['name']}")
    return data, empty


def check_rules(stage: Stage) -> list[str]:
    """Give what is wrong with the rules: not evaluated, or firing without a fault."""
    rules = [rule for group in stage.ask("rules")["groups"] for rule in group["rules"]]
    wrong = [f"rule {rule['name']}: {rule.get('lastError')}" for rule in rules if rule["health"] != "ok"]
    firing = {rule["name"] for rule in rules if rule["state"] == "firing"}
    named = {(a["labels"].get("service"), a["labels"].get("process")) for a in stage.ask("alerts")["alerts"]}
    wrong += [f"fires without a fault: {name}" for name in sorted(firing - EXPECTED)]
    wrong += [f"does not fire: {name}" for name in sorted(EXPECTED - firing)]
    wrong += [f"says more than the listeners: {one}" for one in named if one[1] not in WITHOUT_PROCESS]
    say(f"{len(rules)} alerts evaluated; firing: {', '.join(sorted(firing)) or 'none'}")
    return wrong


def check_mail(stage: Stage) -> list[str]:
    """Give what is wrong with the way of an alert to a person."""

    http = stage.bank.client(stage.bank.login_demo("alma"))

    def came() -> bool:
        answer = http.get(f"{stage.bank.url}/dev/mail?format=json&to=on-call@strongroom.example")
        return "ProcessDown" in answer.text

    try:
        waited = stage.bank.wait_until(came, timeout_seconds=60)
    except AssertionError:
        return ["the alert did not arrive as a mail"]
    say(f"the alert arrived as a mail to on-call, {waited:.0f} s after the panels were read")
    return []


def main(arguments: list[str]) -> int:
    """Run the check; gives the exit status."""
    missing = missing_programs()
    if missing:
        say(f"1 lane left out: {', '.join(missing)} not on this machine" if _allowed() else _install(missing))
        return 0 if _allowed() else 1
    flower = subprocess.run(
        [ROOT / "deploy/tools.sh", "flower"], capture_output=True, text=True, check=True
    ).stdout.strip()
    with tempfile.TemporaryDirectory(prefix="watch-") as folder:
        stage = Stage(Bank(environment={"BANK_TASK_EVENTS": "true"}), Path(folder), flower)
        try:
            stage.start()
            rounds = make_load(stage.bank, seconds=LOAD_SECONDS)
            data, empty = check_panels(stage)
            wrong = empty + check_rules(stage) + check_mail(stage)
        finally:
            stage.stop()
    panels = sum(map(len, data.values()))
    exprs = sum(len(found) for board in data.values() for _, found in board)
    say(f"{len(data)} dashboards, {panels} panels, {exprs} expressions, {rounds} rounds of load: {len(empty)} empty")
    say(f"{len(stage.left_out)} targets of compose left out: {', '.join(stage.left_out)}")
    for process, why in WITHOUT_PROCESS.items():
        say(f"  {process}: {why}")
    if "--charts" in arguments and not wrong:
        draw_boards({board["uid"]: board["title"] for board in boards()}, data, ROOT / "docs/monitoring")
    for one in wrong:
        say(f"WRONG {one}")
    return int(bool(wrong))


def _allowed() -> bool:
    return os.environ.get("ALLOW_NO_PROMETHEUS") == "1"


def _install(missing: list[str]) -> str:
    return f"Not on this machine: {', '.join(missing)} (apt-get install {' '.join(PROGRAMS)}), or ALLOW_NO_PROMETHEUS=1"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
