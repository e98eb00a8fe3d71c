"""The ledger on a temporary store, as its own tests have it."""

from tests.services.transactions.conftest import bench

__all__ = ["bench"]
