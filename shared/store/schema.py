"""What a store must look like: version, triggers, STRICT flags or collations, checked by every process at start."""

import importlib
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, MetaData, text

from shared.errors import FaultAtStart
from shared.store.engine import Store
from shared.store.plumbing import Plumbing
from shared.store.postgres import loose_columns
from shared.store.triggers import Trigger, present_triggers


def tables_of(service: str) -> tuple[MetaData, Plumbing]:
    """Give a service's metadata and plumbing."""
    module = importlib.import_module(f"services.{service}.store.tables")
    return cast(MetaData, module.METADATA), cast(Plumbing, module.PLUMBING)


def triggers_of(service: str) -> tuple[Trigger, ...]:
    """Give the one list of a service's triggers."""
    return cast("tuple[Trigger, ...]", importlib.import_module(f"services.{service}.store.triggers").TRIGGERS)


def versions_of(service: str) -> Path:
    """Give the folder of a service's migrations."""
    services = Path(__file__).resolve().parents[2] / "services"
    return services / service / "store" / "migrations" / "versions"


def newest_version(service: str) -> str:
    """Give the newest migration's number, from its file name `NNNN_<why>.py`."""
    numbers = sorted(path.name.partition("_")[0] for path in versions_of(service).glob("[0-9]*_*.py"))
    return numbers[-1] if numbers else "none"


def version_table(service: str) -> str:
    """Give the name of the table that holds a store's version."""
    return f"{service}_schema_version"


def store_version(connection: Connection, service: str) -> str:
    """Give the version that the store is at, `none` for an empty one."""
    table = version_table(service)
    if not connection.dialect.has_table(connection, table):
        return "none"
    return str(connection.execute(text(f"SELECT version_num FROM {table}")).scalar() or "none")  # noqa: S608


def check_version(store: Store) -> None:
    """Compare the store with the code; a process that is behind, or a store that lost a trigger, does not start.

    :raises FaultAtStart: naming what differs
    """
    with store.reader.connect() as connection:
        wanted, found = newest_version(store.service), store_version(connection, store.service)
        if found != wanted:
            raise FaultAtStart(
                f"The store of {store.service} is at version {found}, this code needs {wanted}: "
                f"run `python -m shared.store.migrate {store.service}` first."
            )
        check_shape(connection, store.service)


def check_shape(connection: Connection, service: str) -> None:
    """Compare a store's triggers, and its STRICT flags or collations, with what the code says.

    :raises FaultAtStart: naming what is missing
    """
    present = present_triggers(connection)
    wanted = [trigger.name for trigger in triggers_of(service) if trigger.sql_for(connection)]
    missing = [name for name in wanted if name not in present]
    if missing:
        raise FaultAtStart(f"The store of {service} has lost its triggers {', '.join(missing)}; it does not start.")
    if connection.dialect.name != "sqlite":
        tongued = [".".join(place) for place in loose_columns(connection, service)]
        if tongued:
            raise FaultAtStart(f"The store of {service} has text that does not sort bytewise: {', '.join(tongued)}.")
        return
    metadata, _ = tables_of(service)
    strict = {name for name, flag in connection.execute(text("SELECT name, strict FROM pragma_table_list")) if flag}
    loose = sorted(set(metadata.tables) - strict)
    if loose:
        raise FaultAtStart(f"The store of {service} has tables that are not STRICT: {', '.join(loose)}.")
