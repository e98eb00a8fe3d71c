"""What a store has and the tables of the code have not, or the other way round: `alembic check` for either kind.

Run in CI on a freshly migrated store of each kind: a column without a migration fails there, not in production.
"""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, String

from shared.store.engine import Store
from shared.store.schema import tables_of, version_table


def find_drift(store: Store) -> list[str]:
    """Give each difference between a migrated store and the tables of its service, nothing when they agree."""
    with store.reader.connect() as connection:
        options = {"version_table": version_table(store.service), "compare_type": _differs}
        context = MigrationContext.configure(connection, opts=options)
        return [str(change) for change in compare_metadata(context, tables_of(store.service)[0])]


def _differs(_context: Any, _in_store: Any, _in_code: Column[Any], found: Any, wanted: Any) -> bool:
    """Tell whether two column types differ as this kind of store knows them; every text is TEXT on PostgreSQL."""
    dialect = _context.dialect
    wanted = wanted.dialect_impl(dialect)
    if dialect.name != "sqlite" and isinstance(getattr(wanted, "impl", wanted), String):
        return str(found.compile(dialect=dialect)).partition(" COLLATE")[0] != "TEXT"
    return str(found.compile(dialect=dialect)) != str(wanted.compile(dialect=dialect))
