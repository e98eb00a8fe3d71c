"""A command answered once per Idempotency-Key: the answer is kept in the transaction of its effect."""

from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from shared.contracts.caller import Caller
from shared.store.engine import Store
from shared.store.idempotency import StoredAnswer, find_replay, fingerprint, save_answer
from shared.web.dependencies import route_identity

A = TypeVar("A", bound=BaseModel)


def answer_once(
    store: Store,
    *,
    caller: Caller,
    request: Request,
    key: str | None,
    body: BaseModel | None,
    status: int | Callable[[A], int],
    command: Callable[[Session], A],
) -> Response:
    """Run a command in one write transaction and answer it, or give the first answer of its key again.

    `status` may depend on the answer (201 or 202). Without a key the command just runs. A refusal rolls everything
    back and is not kept, so the key may be used again. Writers wait for each other, so a repeat that comes while its
    original runs replays it.

    :raises KeyReused: if the key came before with another body
    """
    with store.write() as session:
        if key is None:
            return _answer(_run(session, command, status))
        principal, route = caller.principal, route_identity(request)
        print_of_body = fingerprint(None if body is None else body.model_dump(mode="json"))
        kept = find_replay(session, principal=principal, route=route, key=key, fingerprint=print_of_body)
        if kept is not None:
            return _answer(kept, replayed=True)
        answer = _run(session, command, status)
        save_answer(session, principal=principal, route=route, key=key, fingerprint=print_of_body, answer=answer)
    return _answer(answer)


def _run(session: Session, command: Callable[[Session], A], status: int | Callable[[A], int]) -> StoredAnswer:
    answer = command(session)
    return StoredAnswer(status if isinstance(status, int) else status(answer), answer.model_dump_json(by_alias=True))


def _answer(answer: StoredAnswer, *, replayed: bool = False) -> Response:
    headers = {"idempotency-replayed": "true"} if replayed else {}
    return Response(answer.body, status_code=answer.status, media_type="application/json", headers=headers)
