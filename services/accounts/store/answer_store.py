"""Idempotent answers of sagas: a key is taken in the first transaction, its answer is known only at the end.

Until then the answer is kept as status 102 with the id that the saga is about, so that a repeat goes on with
the same object instead of making a second one. Whoever ends first decides the answer for all.
"""

import json
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import CursorResult, delete, update
from sqlmodel import Session

from shared.store.engine import Store
from shared.store.idempotency import StoredAnswer, find_replay, save_answer

_UNDECIDED = 102


@dataclass(frozen=True, slots=True)
class RequestKey:
    """The identity of a request, and the fingerprint of its body."""

    principal: str
    route: str
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Settled:
    """The answer of a saga: an HTTP status and a JSON text; `replayed` if it was given before."""

    status: int
    body: str
    replayed: bool = False


def find_decided(session: Session, request: RequestKey) -> Settled | str | None:
    """Give the answer kept for a key, or the id of an object whose saga has not ended, or None for a new key.

    :raises KeyReused: if the key came with another body
    """
    kept = find_replay(
        session,
        principal=request.principal,
        route=request.route,
        key=request.key,
        fingerprint=request.fingerprint,
    )
    if kept is None:
        return None
    if kept.status == _UNDECIDED:
        return str(json.loads(kept.body))
    return Settled(kept.status, kept.body, replayed=True)


def take_key(session: Session, request: RequestKey, *, object_id: str) -> None:
    """Bind a key to the object that its saga is about."""
    save_answer(
        session,
        principal=request.principal,
        route=request.route,
        key=request.key,
        fingerprint=request.fingerprint,
        answer=StoredAnswer(_UNDECIDED, json.dumps(object_id)),
    )


def release_key(session: Session, request: RequestKey) -> None:
    """Give a key back whose saga ended in a refusal: nothing was done under it, so it may be used again."""
    store: Store = session.info["store"]
    table = store.plumbing.idempotency
    session.execute(
        delete(table).where(
            table.c.principal == request.principal,
            table.c.route == request.route,
            table.c.key == request.key,
            table.c.status == _UNDECIDED,
        )
    )


def settled_of(*, status: int, body: Any) -> Settled:
    """Give the answer of a saga that had no key."""
    return Settled(status, json.dumps(body, separators=(",", ":"), ensure_ascii=False))


def decide_answer(session: Session, request: RequestKey, *, status: int, body: Any) -> Settled:
    """Keep the answer of a saga, unless a repeat of the request has ended first: then give that one."""
    store: Store = session.info["store"]
    table = store.plumbing.idempotency
    text = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    updated = session.execute(
        update(table)
        .where(
            table.c.principal == request.principal,
            table.c.route == request.route,
            table.c.key == request.key,
            table.c.status == _UNDECIDED,
        )
        .values(status=status, body=text)
    )
    kept = find_decided(session, request)
    if not isinstance(kept, Settled):
        raise LookupError("A saga ended under a key that it never took.")
    # Equal texts do not make one answer: the repeat that came second says that it replays.
    return Settled(kept.status, kept.body, replayed=cast(CursorResult[Any], updated).rowcount == 0)
