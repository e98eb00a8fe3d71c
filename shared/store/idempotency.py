"""Idempotency: the first answer to a key is kept in the transaction of its effect and given again to repeats."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session

from shared.clock import now
from shared.errors import Invalid
from shared.store.canonical import canonical_json
from shared.store.engine import Store


class KeyReused(Invalid):
    """The key was used for another body."""

    code = "idempotency.key-reused"
    title = "This Idempotency-Key was used for another request"
    next_step = "Use a new Idempotency-Key for a new request; repeat the first body exactly to see its answer."


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The first status and body (JSON text) of a request."""

    status: int
    body: str


def fingerprint(body: Any) -> str:
    """Give SHA-256 over the validated body (a JSON value): key order and spaces do not count."""
    return sha256(canonical_json(body)).hexdigest()


def find_replay(session: Session, *, principal: str, route: str, key: str, fingerprint: str) -> StoredAnswer | None:
    """Find the answer kept for a request's identity.

    :raises KeyReused: if the key was used for another body
    """
    store: Store = session.info["store"]
    table = store.plumbing.idempotency
    found = session.execute(
        select(table.c.fingerprint, table.c.status, table.c.body).where(
            table.c.principal == principal, table.c.route == route, table.c.key == key
        )
    ).first()
    if found is None:
        return None
    if found[0] != fingerprint:
        raise KeyReused("The same Idempotency-Key came with another body; use a new key for a new request.")
    return StoredAnswer(found[1], found[2])


def save_answer(
    session: Session, *, principal: str, route: str, key: str, fingerprint: str, answer: StoredAnswer
) -> None:
    """Keep the answer in the current write transaction."""
    store: Store = session.info["store"]
    session.execute(
        insert(store.plumbing.idempotency),
        [
            {
                "principal": principal,
                "route": route,
                "key": key,
                "fingerprint": fingerprint,
                "status": answer.status,
                "body": answer.body,
                "created_at": now(),
            }
        ],
    )
