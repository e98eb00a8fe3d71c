"""Bring a service's store to the newest version: `python -m shared.store.migrate <service>…`.

Runs once before any process of the service starts. On SQLite on its own connection with foreign keys off (set before
BEGIN: inside a transaction SQLite ignores it), in one transaction; ends with `foreign_key_check` and re-creates the
triggers, which table rebuilds drop silently. On PostgreSQL an advisory lock makes a second one wait and find it done.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from shared.errors import FaultAtStart
from shared.settings import ServiceSettings
from shared.store.engine import Store
from shared.store.postgres import make_schema, sort_bytewise, take_migration_lock
from shared.store.schema import (
    check_shape,
    newest_version,
    store_version,
    tables_of,
    triggers_of,
    version_table,
    versions_of,
)
from shared.store.triggers import renew_triggers


def _config(connection: Connection, service: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "alembic"))
    config.set_main_option("version_locations", str(versions_of(service)))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = tables_of(service)[0]
    config.attributes["version_table"] = version_table(service)
    return config


def _upgrade(connection: Connection, service: str) -> None:
    if store_version(connection, service) != newest_version(service):
        command.upgrade(_config(connection, service), "head")


def _migrate_postgres(connection: Connection, service: str) -> None:
    take_migration_lock(connection, service)
    make_schema(connection, service)
    _upgrade(connection, service)
    sort_bytewise(connection, service)
    renew_triggers(connection, triggers_of(service))
    check_shape(connection, service)


def _migrate_sqlite(connection: Connection, service: str) -> None:
    _upgrade(connection, service)
    renew_triggers(connection, triggers_of(service))
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        raise FaultAtStart(f"The store of {service} has broken foreign keys: {broken[:3]}")
    check_shape(connection, service)


def migrate(store: Store) -> str:
    """Bring a store to the newest version and give that version; running it again changes nothing.

    :raises FaultAtStart: if a foreign key or a trigger is broken afterwards
    """
    service = store.service
    if not store.is_sqlite:
        with store.writer.begin() as connection:
            _migrate_postgres(connection, service)
        return newest_version(service)
    with store.writer.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _migrate_sqlite(connection, service)
        finally:
            driver.execute("PRAGMA foreign_keys=ON")
    return newest_version(service)


def new_revision(store: Store, name: str) -> None:
    """Write the migration file `NNNN_<why>.py` with what the tables have and the store has not."""
    number, _, why = name.partition("_")
    with store.writer.connect() as connection, connection.begin():
        versions_of(store.service).mkdir(parents=True, exist_ok=True)
        if newest_version(store.service) != "none":
            command.upgrade(_config(connection, store.service), "head")
        command.revision(_config(connection, store.service), message=why, rev_id=number, autogenerate=True)


def open_store(service: str, url: str | None = None) -> Store:
    """Open a service's store at an address, or where the environment says."""
    if url is None:
        own = type("_Settings", (ServiceSettings,), {"service": service})
        default = own().store_url
        url = os.environ.get(f"{service.upper()}_DATABASE_URL") or default
    return Store(url, service=service, plumbing=tables_of(service)[1])


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Bring stores to the newest version.")
    parser.add_argument("services", nargs="+")
    parser.add_argument("--revision", metavar="NNNN_why", help="write a new migration instead (developers)")
    chosen = parser.parse_args()
    for service in chosen.services:
        store = open_store(service, "sqlite:////tmp/strongroom-revision.db" if chosen.revision else None)
        try:
            if chosen.revision:
                store.path.unlink(missing_ok=True)
                new_revision(store, chosen.revision)
            else:
                migrate(store)
        except FaultAtStart as fault:
            sys.stderr.write(f"{fault}\n")
            return 1
        finally:
            store.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
