"""The keys and answers of a whole batch of commands: found in one query, kept with one `executemany`."""

from collections.abc import Collection, Sequence

from sqlmodel import Session

from services.transactions.store.tables import PLUMBING
from shared.store.canonical import json_text
from shared.store.idempotency import StoredAnswer
from shared.store.statements import insert_into

Identity = tuple[str, str, str]
"""Principal, route with its path ids, key: equal ones are the same request."""

_KEPT = "kept.principal, kept.route, kept.key, kept.fingerprint, kept.status, kept.body"
_SQLITE = (
    f"SELECT {_KEPT} FROM json_each(?) AS wanted CROSS JOIN idempotency AS kept "  # noqa: S608 (a constant)
    "ON kept.principal = wanted.value ->> 0 AND kept.route = wanted.value ->> 1 AND kept.key = wanted.value ->> 2"
)
"""CROSS JOIN: SQLite then goes from the wanted keys to the table's primary key, and not the other way round."""
_POSTGRESQL = (
    f"SELECT {_KEPT} FROM jsonb_array_elements(CAST(%s AS jsonb)) AS wanted JOIN idempotency AS kept "  # noqa: S608
    "ON kept.principal = wanted ->> 0 AND kept.route = wanted ->> 1 AND kept.key = wanted ->> 2"
)
_APPEND = insert_into(
    PLUMBING.idempotency, ["principal", "route", "key", "fingerprint", "status", "body", "created_at"]
)


def find_answers(session: Session, identities: Collection[Identity]) -> dict[Identity, tuple[str, StoredAnswer]]:
    """Give fingerprint and answer of the requests that were answered before."""
    if not identities:
        return {}
    connection = session.connection()
    query = _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL
    rows = connection.exec_driver_sql(query, (json_text(sorted(identities)),)).all()
    return {(row[0], row[1], row[2]): (row[3], StoredAnswer(row[4], row[5])) for row in rows}


def write_answers(session: Session, answered: Sequence[tuple[Identity, str, StoredAnswer]], *, time: str) -> None:
    """Keep identity, fingerprint and answer of requests that are answered now."""
    _APPEND.run(session, [(*who, print_, one.status, one.body, time) for who, print_, one in answered])
