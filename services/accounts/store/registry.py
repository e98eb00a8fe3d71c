"""What the tables of this service hang on: `tables.py`, `catalogue_tables.py` and `approval_tables.py`."""

from sqlmodel import SQLModel

from shared.store.tables import service_registry

REGISTRY = service_registry("accounts")


class AccountsTable(SQLModel, registry=REGISTRY):
    """What the tables of this service hang on."""
