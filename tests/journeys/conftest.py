"""One seeded bank of real processes for all journeys; when a journey fails, the ends of its logs are in the report."""

from collections.abc import Generator, Iterator

import pytest

from tests.builders.bank import Bank
from tests.builders.postgres import PostgresServer
from tests.builders.replicas import bank_on
from tests.conftest import ON_POSTGRES


@pytest.fixture(scope="session")
def bank() -> Iterator[Bank]:
    """Give the running bank with its demo people; a journey leaves every process running."""
    server = PostgresServer() if ON_POSTGRES else None
    running = bank_on(server.start()) if server is not None else Bank()
    try:
        yield running.start()
    finally:
        running.stop()
        running.remove()
        if server is not None:
            server.remove()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the ends of the bank's logs to the report of a journey that failed."""
    report = yield
    running = getattr(item, "funcargs", {}).get("bank")
    if report.failed and isinstance(running, Bank):
        report.sections.append(("the bank's logs", running.log_tails()))
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder as journeys."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
