"""A forger with access to a store: takes the triggers off, changes rows, puts the triggers back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pysqlite3

from shared.store.engine import Store
from shared.store.schema import triggers_of


@contextmanager
def forging(path: Path, service: str = "transactions") -> Iterator[pysqlite3.Connection]:
    """Open a store without the guards that the bank puts up, and leave them as they were."""
    connection = pysqlite3.connect(str(path), isolation_level=None)
    guards = [trigger for trigger in triggers_of(service) if trigger.sql]
    try:
        for trigger in guards:
            connection.execute(f"DROP TRIGGER {trigger.name}")
        yield connection
        for trigger in guards:
            connection.execute(trigger.sql)
    finally:
        connection.close()


def forge(target: Path | Store, *statements: str, service: str = "transactions") -> None:
    """Change rows of a store, or of the file of one; each statement must change something."""
    if isinstance(target, Store) and not target.is_sqlite:
        _forge_on_postgres(target, statements)
        return
    with forging(target.path if isinstance(target, Store) else target, service) as connection:
        for statement in statements:
            changed = connection.execute(statement).rowcount
            assert changed > 0 or not statement.startswith(("UPDATE", "DELETE")), statement


def _forge_on_postgres(store: Store, statements: Sequence[str]) -> None:
    with store.writer.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # no triggers, no foreign keys
        for statement in statements:
            changed = connection.exec_driver_sql(statement.replace("%", "%%")).rowcount
            assert changed > 0 or not statement.startswith(("UPDATE", "DELETE")), statement
