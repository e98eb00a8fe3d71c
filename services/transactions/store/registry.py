"""Where the tables of the ledger's store are registered, and what they descend from."""

from sqlmodel import SQLModel

from shared.store.tables import service_registry

REGISTRY = service_registry("transactions")


class LedgerTable(SQLModel, registry=REGISTRY):
    """The base of the ledger's tables."""
