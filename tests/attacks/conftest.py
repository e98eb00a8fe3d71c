"""One seeded bank of real processes for all attacks; when one succeeds, the ends of its logs are in the report."""

from collections.abc import Callable, Generator, Iterator

import pytest

from tests.builders.bank import Bank

TOLD = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def bank() -> Iterator[Bank]:
    """Give the running bank with its demo people; an attack leaves every process running and every person able."""
    running = Bank()
    try:
        yield running.start()
    finally:
        running.stop()
        running.remove()


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Give what takes a line for the summary: how many attacks there were, with which seed."""
    return request.config.stash.setdefault(TOLD, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was attacked."""
    for line in terminalreporter.config.stash.get(TOLD, []):
        terminalreporter.write_line(f"attacks: {line}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the ends of the bank's logs to the report of an attack that succeeded."""
    report = yield
    running = getattr(item, "funcargs", {}).get("bank")
    if report.failed and isinstance(running, Bank):
        report.sections.append(("the bank's logs", running.log_tails()))
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the generated requests last: they may change any password and suspend anyone."""
    items.sort(key=lambda item: item.path.name == "test_document.py")
