"""Fixtures that every room's tests share: migrated stores in temporary folders."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from shared.store.engine import Store
from shared.store.migrate import migrate
from shared.store.schema import tables_of


@pytest.fixture(autouse=True, scope="session")
def _plain_logs() -> None:
    """Keep log lines of faults short: structlog's own way draws every local of every frame, for seconds."""
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain])


@pytest.fixture
def make_store(tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """Give a function that opens a fresh, migrated store of a service."""
    stores: list[Store] = []

    def make(service: str) -> Store:
        path = tmp_path / service / f"{service}.db"
        store = Store(f"sqlite:///{path}", service=service, plumbing=tables_of(service)[1])
        migrate(store)
        stores.append(store)
        return store

    yield make
    for store in stores:
        store.close()
