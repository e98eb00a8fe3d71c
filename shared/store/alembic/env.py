"""Alembic's environment, the same for every service: the caller hands over the connection and the metadata."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import String
from sqlalchemy.types import TypeDecorator


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our text-backed column types as plain text: a migration must not change when a class moves."""
    return (
        "sa.Text()"
        if kind == "type" and isinstance(item, TypeDecorator) and isinstance(item.impl_instance, String)
        else False
    )


_attributes = context.config.attributes
context.configure(
    connection=_attributes["connection"],
    target_metadata=_attributes["metadata"],
    version_table=_attributes["version_table"],
    render_item=_render,
    compare_type=False,  # STRICT tables have TEXT and INTEGER only: types cannot drift
    transaction_per_migration=False,
    transactional_ddl=False,  # the caller's transaction spans the whole run
)
context.run_migrations()
