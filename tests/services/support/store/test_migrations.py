"""The store of the support desk: its migrations make exactly its tables."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from services.support.store.tables import METADATA
from shared.store.engine import Store
from shared.store.schema import version_table


class TestMigrations:
    def test_make_what_the_tables_say(self, store: Store) -> None:
        with store.reader.connect() as connection:
            context = MigrationContext.configure(connection, opts={"version_table": version_table("support")})
            assert compare_metadata(context, METADATA) == []
