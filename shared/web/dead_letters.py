"""What every service answers about the facts that it could not accept; notifications shows them merged to the desk."""

import json
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse

from shared.clock import format_time
from shared.contracts.caller import Caller
from shared.errors import Conflict, NotFound, Refusal
from shared.store.audit import record_audit
from shared.store.dead_letter_queries import is_parked_fact, parked_facts
from shared.store.engine import Store
from shared.web.dependencies import CurrentCaller

Replay = Callable[[Store, str], bool]
"""Applies a dead letter past the cursor; False when that was done before."""


class NoSuchLetter(NotFound):
    """This service has no dead letter of this id."""

    code = "service.dead-letter-not-found"
    title = "No such dead letter here"
    next_step = "Ask the other services."


class FactRefusedAgain(Conflict):
    """The consumer refuses the fact again, or it still cannot be read; `reason` is the code of that refusal."""

    code = "service.fact-refused-again"
    title = "The fact is refused again"
    next_step = "Mend what the reason names, then replay it again."


def replay_parked(store: Store, *, caller: Caller, letter_id: str, replay: Replay) -> bool:
    """Apply it and note who asked; False when that was done before.

    :raises FactRefusedAgain: if it has no effect now either; the letter stays
    """
    try:
        done = replay(store, letter_id)
    except Refusal as refused:
        raise FactRefusedAgain(refused.detail, reason=refused.code) from refused
    if done:
        with store.write() as session:
            record_audit(
                session, caller=caller, command="replay-fact", subject_type="dead-letter", subject_id=letter_id
            )
    return done


def dead_letters_router(store: Store, replay: Replay | None) -> APIRouter:
    """Make the two routes; without `replay` the service accepts no facts, so it has no letters."""
    router = APIRouter(prefix="/internal/dead-letters", include_in_schema=False)

    @router.get("")
    def list_parked(
        below: Annotated[str | None, Query(max_length=64)] = None,
        limit: Annotated[int, Query(ge=1, le=201)] = 50,
    ) -> JSONResponse:
        """Give the facts that wait for a person, newest first."""
        with store.read() as session:
            found = parked_facts(session, below=below, limit=limit)
        items = [
            {
                "id": one.id,
                "what": one.type,
                "error": one.error,
                "created_at": format_time(one.created_at),
                "fact": json.loads(one.envelope),
            }
            for one in found
        ]
        return JSONResponse({"items": items})

    @router.post("/{letter_id}/replay")
    def replay_one(letter_id: str, caller: CurrentCaller) -> JSONResponse:
        """Apply a fact past the cursor, once."""
        with store.read() as session:
            is_here = is_parked_fact(session, letter_id)
        if replay is None or not is_here:
            raise NoSuchLetter
        return JSONResponse({"replayed": replay_parked(store, caller=caller, letter_id=letter_id, replay=replay)})

    return router
