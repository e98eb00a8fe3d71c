"""The ledger on a temporary store, as its own tests have it, and all services behind their real doors."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.real_services import RealServices
from tests.services.transactions.conftest import bench

__all__ = ["bench"]


@pytest.fixture(scope="package")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServices]:
    """Give the running services."""
    running = RealServices(tmp_path_factory.mktemp("bank"))
    try:
        yield running.start()
    finally:
        running.stop()


@pytest.fixture(scope="package")
def toni(bank: RealServices) -> dict[str, Any]:
    """Give a customer with an open account."""
    return bank.register()
