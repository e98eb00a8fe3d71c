"""The registry that a service's tables hang on: its own metadata, with names for every constraint."""

from sqlalchemy import MetaData
from sqlalchemy.orm import registry

import shared.store.strict  # noqa: F401  (makes every table STRICT on SQLite)

_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def service_registry(service: str) -> registry:
    """Give a service a registry of its own, so that no two services share a table by accident."""
    return registry(metadata=MetaData(naming_convention=_NAMING, info={"service": service}))
