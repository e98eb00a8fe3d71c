"""The ledger with two accounts of the tests of tasks, for the use cases of an end of day."""

from tests.services.transactions.tasks.conftest import days

__all__ = ["days"]
