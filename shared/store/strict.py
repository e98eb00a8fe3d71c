"""STRICT tables on SQLite: what SQLModel would call VARCHAR, BOOLEAN or DATETIME is compiled to TEXT or INTEGER.

Source: https://sqlite.org/stricttables.html (only INT, INTEGER, REAL, TEXT, BLOB and ANY are allowed).
"""

from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, DateTime, Enum, Integer, MetaData, Numeric, String, Table, Uuid
from sqlalchemy import event as sa_event
from sqlalchemy.ext.compiler import compiles


def _text(_type: Any, _compiler: Any, **_options: Any) -> str:
    return "TEXT"


def _integer(_type: Any, _compiler: Any, **_options: Any) -> str:
    return "INTEGER"


for _kind in (String, Enum, Uuid, DateTime, Date, JSON, Numeric):
    compiles(_kind, "sqlite")(_text)
for _number in (Boolean, BigInteger, Integer):
    compiles(_number, "sqlite")(_integer)


@sa_event.listens_for(Table, "after_parent_attach")
def _make_strict(table: Table, parent: Any) -> None:
    """Every table of this house is STRICT; nobody has to remember it."""
    if isinstance(parent, MetaData):
        table.dialect_options["sqlite"]["strict"] = True
