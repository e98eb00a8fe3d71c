"""Fixtures that every room's tests share: migrated stores, in temporary folders or on a real PostgreSQL."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from shared.ids import new_id
from shared.store.engine import Store
from shared.store.migrate import migrate
from shared.store.schema import tables_of
from tests.builders.postgres import postgres, postgres_process

__all__ = ["postgres", "postgres_process"]

ON_POSTGRES = os.environ.get("STRONGROOM_TEST_STORES") == "postgres"
"""Whether the stores of this test run are on PostgreSQL (`make postgres`)."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what stands on a store, but for what is about SQLite itself; what is about PostgreSQL there."""
    fits = [_fits_postgres(item) if ON_POSTGRES else item.get_closest_marker("postgres") is None for item in items]
    config.hook.pytest_deselected(items=[item for item, keep in zip(items, fits, strict=True) if not keep])
    items[:] = [item for item, keep in zip(items, fits, strict=True) if keep]


def _fits_postgres(item: pytest.Item) -> bool:
    stands_on_a_store = {"make_store", "postgres", "bank"} & set(getattr(item, "fixturenames", ()))
    return bool(stands_on_a_store) and item.get_closest_marker("sqlite") is None


@pytest.fixture(autouse=True, scope="session")
def _plain_logs() -> None:
    """Keep log lines of faults short: structlog's own way draws every local of every frame, for seconds."""
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain])


@pytest.fixture
def make_store(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Store]]:
    """Give a function that opens a fresh, migrated store of a service."""
    stores: list[Store] = []
    server = request.getfixturevalue("postgres") if ON_POSTGRES else None

    def make(service: str) -> Store:
        store: Store = server.make_store(service) if server is not None else _fresh(service, tmp_path_factory)
        stores.append(store)
        return store

    yield make
    for store in stores:
        if server is not None:
            server.take_back(store)
        else:
            store.close()
            _RETURNED.setdefault(store.service, []).append(store)


@pytest.fixture
def make_store_beside(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Store]]:
    """Give a function that opens a migrated SQLite store in the test's folder, which is laid out as a bank's."""
    stores: list[Store] = []

    def make(service: str) -> Store:
        path = tmp_path / service / f"{service}.db"
        path.parent.mkdir(exist_ok=True)
        shutil.copyfile(_migrated(service, tmp_path_factory), path)
        stores.append(_opened(service, path))
        return stores[-1]

    yield make
    for store in stores:
        store.close()


_RETURNED: dict[str, list[Store]] = {}


def _fresh(service: str, folders: pytest.TempPathFactory) -> Store:
    """Give a store with a new file: one given back knows its statements, whose making took a third of the time."""
    if _RETURNED.get(service):
        store = _RETURNED[service].pop()
        shutil.rmtree(store.path.parent.rename(folders.getbasetemp() / f"gone-{new_id()}"), ignore_errors=True)
        store.path.parent.mkdir()
    else:
        store = _opened(service, folders.mktemp(service) / f"{service}.db")
    shutil.copyfile(_migrated(service, folders), store.path)
    return store


def _opened(service: str, path: Path) -> Store:
    return Store(f"sqlite:///{path}", service=service, plumbing=tables_of(service)[1])


_MIGRATED: dict[str, Path] = {}


def _migrated(service: str, folders: pytest.TempPathFactory) -> Path:
    """Give a store file as the migrations leave it: they run once, since they took half of the tests' time."""
    if service not in _MIGRATED:
        path = folders.mktemp("migrated") / f"{service}.db"
        store = _opened(service, path)
        migrate(store)
        store.close()
        assert not path.with_name(f"{path.name}-wal").exists(), "a copy of the file would lack what is in its log"
        _MIGRATED[service] = path
    return _MIGRATED[service]
