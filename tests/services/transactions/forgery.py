"""A forger with access to the files of a store: takes the triggers off, changes rows, puts the triggers back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pysqlite3

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


def forge(path: Path, *statements: str, service: str = "transactions") -> None:
    """Change rows of a store; each statement must change something."""
    with forging(path, service) as connection:
        for statement in statements:
            changed = connection.execute(statement).rowcount
            assert changed > 0 or not statement.startswith(("UPDATE", "DELETE")), statement
