"""Statements made once from the tables and run for many rows of plain values: neither ORM nor Core works per row.

Values are given as the store keeps them: text, integers, times and days already written as text.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, Insert, Select, Table, Update, bindparam, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import Text
from sqlmodel import Session

from shared.store.canonical import json_text


class Prepared:
    """A statement whose text is made once per kind of store; parameters come by position, in the given order."""

    def __init__(self, statement: Select[Any] | Insert | Update, order: Sequence[str], *, tail: str = "") -> None:
        """Take a Core statement and the names of its bound parameters in the order in which values will come.

        `tail` is written behind it, for what both kinds of store know and Core has no word for.
        """
        self._tail = tail
        self._statement = statement
        self._order = tuple(order)
        self._texts: dict[str, tuple[str, tuple[int, ...] | None]] = {}
        self._reading: dict[str, list[tuple[int, Callable[[Any], Any]]]] = {}

    def run(self, session: Session, rows: Sequence[Sequence[Any]]) -> int:
        """Run for each row of values, in one `executemany`; gives how many rows of the table it touched."""
        if not rows:
            return 0
        connection = session.connection()
        text, places = self._text(connection.dialect)
        values = [tuple([row[place] for place in places]) for row in rows] if places else rows
        with _driver(connection, text) as cursor:
            cursor.executemany(text, values)
            return int(cursor.rowcount)

    def read(self, session: Session, *values: Any) -> list[tuple[Any, ...]]:
        """Run once and give all rows, each value as its column's type reads it."""
        connection = session.connection()
        text, places = self._text(connection.dialect)
        with _driver(connection, text) as cursor:
            cursor.execute(text, tuple([values[place] for place in places]) if places else values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        readers = self._readers(connection.dialect)
        return [_read(row, readers) for row in rows] if readers else rows

    def _readers(self, dialect: Dialect) -> list[tuple[int, Callable[[Any], Any]]]:
        """Give what turns stored values into Python's, for the columns that need it."""
        known = self._reading.get(dialect.name)
        if known is None:
            columns = getattr(self._statement, "selected_columns", ())
            found = [c.type.dialect_impl(dialect).result_processor(dialect, None) for c in columns]
            known = [(place, reader) for place, reader in enumerate(found) if reader is not None]
            self._reading[dialect.name] = known
        return known

    def _text(self, dialect: Dialect) -> tuple[str, tuple[int, ...] | None]:
        """Give the text with positional marks, and from which place each mark's value comes; None: in order."""
        known = self._texts.get(dialect.name)
        if known is None:
            positional = "qmark" if dialect.name == "sqlite" else "format"
            maker: Any = type(dialect)
            compiled: Any = self._statement.compile(dialect=maker(paramstyle=positional))
            names = compiled.positiontup
            places = tuple(self._order.index(name) for name in names)
            known = (f"{compiled}{self._tail}", None if places == tuple(range(len(self._order))) else places)
            self._texts[dialect.name] = known
        return known


@contextmanager
def _driver(connection: Connection, text: str) -> Iterator[Any]:
    """Give the driver's own cursor in the session's transaction: SQLAlchemy's share of a small batch was most of it.

    What the driver raises is raised as SQLAlchemy's, so that nobody sees which way a statement went.
    """
    dbapi: Any = connection.dialect.loaded_dbapi
    cursor = connection.connection.cursor()
    try:
        yield cursor
    except dbapi.Error as wrong:
        raise DBAPIError.instance(
            text, None, wrong, dbapi.Error, hide_parameters=True, dialect=connection.dialect
        ) from wrong
    finally:
        cursor.close()


def _read(row: tuple[Any, ...], readers: list[tuple[int, Callable[[Any], Any]]]) -> tuple[Any, ...]:
    values = list(row)
    for place, reader in readers:
        values[place] = reader(values[place])
    return tuple(values)


def insert_into(table: Table, columns: Sequence[str]) -> Prepared:
    """Prepare an insert of these columns, values in this order."""
    return Prepared(insert(table).values({name: bindparam(name) for name in columns}), columns)


def insert_new(table: Table, columns: Sequence[str]) -> Prepared:
    """Prepare an insert that leaves out a row which a key of the table already knows; `run` tells how many were new."""
    statement = insert(table).values({name: bindparam(name) for name in columns})
    return Prepared(statement, columns, tail=" ON CONFLICT DO NOTHING")


class OneOf(ColumnElement[bool]):
    """A column that is one of many texts. They come as one parameter, a JSON list, so the statement stays the same."""

    inherit_cache = True

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        """Compare a column with the list bound as `name`."""
        self.column = column
        self.values = bindparam(name, type_=Text())


@compiles(OneOf, "sqlite")
def _one_of_sqlite(element: OneOf, compiler: SQLCompiler, **options: Any) -> str:
    column, values = compiler.process(element.column, **options), compiler.process(element.values, **options)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 (compiled parts)


@compiles(OneOf)
def _one_of(element: OneOf, compiler: SQLCompiler, **options: Any) -> str:
    column, values = compiler.process(element.column, **options), compiler.process(element.values, **options)
    return f"{column} = ANY(ARRAY(SELECT jsonb_array_elements_text(({values})::jsonb)))"


def as_list(values: Iterable[str]) -> str:
    """Write the values of a `OneOf`; sorted, so that rows are met in one order everywhere."""
    return json_text(sorted(values))
