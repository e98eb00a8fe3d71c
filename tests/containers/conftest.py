"""The container lane: one bank in containers for the whole session. Without an engine every test fails, or, with
ALLOW_NO_ENGINE=1, is a counted skip.
"""

import os
import subprocess
from collections.abc import Generator, Iterator

import pytest

from tests.builders.compose_bank import FIGURES, ComposeBank

LEFT_OUT = "no container engine answers here (ALLOW_NO_ENGINE=1)"
_skipped: list[str] = []


def engine_answers() -> bool:
    """Tell whether `docker` reaches an engine."""
    try:
        return subprocess.run(["docker", "info"], capture_output=True, check=False, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


@pytest.fixture(scope="session", autouse=True)
def engine() -> None:
    """Hold the lane to its word: no engine is a failure unless somebody said that it may be missing."""
    if engine_answers():
        return
    if os.environ.get("ALLOW_NO_ENGINE") == "1":
        pytest.skip(LEFT_OUT)
    pytest.fail("No container engine answers. tests/containers/engine.sh starts one; ALLOW_NO_ENGINE=1 leaves it out.")


@pytest.fixture(scope="module")
def bank(request: pytest.FixtureRequest, engine: None) -> Iterator[ComposeBank]:
    """Give the bank that the module describes (PROFILES, SCALE), up and healthy; it is removed afterwards."""
    module = request.module
    name = f"strongroom-{module.__name__.rpartition('_')[2]}"
    one = ComposeBank(name, profiles=getattr(module, "PROFILES", ()), scale=getattr(module, "SCALE", {}))
    one.down()  # what an interrupted lane left behind
    try:
        yield one.up()
    finally:
        one.down()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the ends of the logs to the report of a test that failed, and count what was left out."""
    report = yield
    bank = getattr(item, "funcargs", {}).get("bank")
    if report.failed and isinstance(bank, ComposeBank):
        report.sections.append(("the containers' logs", bank.log_tails()))
    if report.skipped:
        _skipped.append(item.nodeid)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was measured, and how many checks were left out."""
    for figure in FIGURES:
        terminalreporter.write_line(f"containers: {figure}")
    if _skipped:
        terminalreporter.write_line(f"containers: {len(_skipped)} checks left out: {LEFT_OUT}")
