"""Dead letters of the whole bank over HTTP, for the desk: facts that a service could not accept, mails that never left.

Each service keeps its own; here they are merged by id, which is in the order of their time everywhere.
"""

from typing import Any

from fastapi import APIRouter

from services.notifications.api.deliveries import AgainRequest
from services.notifications.api.dependencies import OthersDep, ReplayDep, StoreDep
from services.notifications.domain.dead_letter import (
    DeadLetterNotFound,
    LetterKind,
    ReplayRefused,
    ServiceName,
    StillUnreadable,
    refusal_of,
)
from services.notifications.domain.delivery import NotToBeResent
from services.notifications.store.delivery_queries import kind_of_letter, list_dead_letters
from services.notifications.use_cases.resend_mail import resend_mail
from shared.clock import now
from shared.contracts.caller import Caller
from shared.errors import Unavailable
from shared.store.engine import Store
from shared.web.dead_letters import FactRefusedAgain, Replay, replay_parked
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey, Page
from shared.web.problems import problems
from shared.web.schemas import Answer, ListAnswer, Moment

router = APIRouter(prefix="/api/v1/dead-letters", tags=["notifications"])


class DeadLetterAnswer(Answer):
    """A fact that a service could not accept, or a mail that never left."""

    id: str
    service: ServiceName
    kind: LetterKind
    what: str
    error: str | None
    created_at: Moment
    fact: dict[str, Any] | None
    """What could not be accepted, as its publisher said it: ids, amounts and states. Null for a mail."""


class DeadLetterList(ListAnswer[DeadLetterAnswer]):
    """A page of dead letters of all services, newest first; `unreachable` names services that did not answer."""

    unreachable: list[ServiceName]


class ReplayAnswer(Answer):
    """What became of it; `replayed` is false when that was done before."""

    id: str
    kind: LetterKind
    replayed: bool


@router.get("")
def read_dead_letters(store: StoreDep, others: OthersDep, page: Page) -> DeadLetterList:
    """List facts that services could not accept and mails that never left, newest first."""
    with store.read() as session:
        rows = list_dead_letters(session, after=page.after, limit=page.limit + 1)
    elsewhere = others.letters(below=page.after, limit=page.limit + 1)
    rows = sorted(rows + elsewhere.letters, key=lambda letter: letter.id, reverse=True)
    items, cursor = page.cut(rows, lambda letter: letter.id)
    shown = [DeadLetterAnswer.model_validate(one) for one in items]
    return DeadLetterList(items=shown, next=cursor, unreachable=elsewhere.unreachable)


@router.post(
    "/{letter_id}/replay",
    responses=problems(DeadLetterNotFound, NotToBeResent, StillUnreadable, ReplayRefused, Unavailable),
)
def replay(
    letter_id: str,
    caller: CurrentCaller,
    store: StoreDep,
    again: ReplayDep,
    others: OthersDep,
    _key: OptionalIdempotencyKey,
    body: AgainRequest | None = None,
) -> ReplayAnswer:
    """Apply a parked fact, or send a failed mail again. A fact is applied once, however often this is asked."""
    with store.read() as session:
        kind = kind_of_letter(session, letter_id=letter_id)
    if kind == "mail":
        with store.write() as session:
            resend_mail(session, caller=caller, delivery_id=letter_id, now=now())
        return ReplayAnswer(id=letter_id, kind="mail", replayed=True)
    if kind == "fact":
        return ReplayAnswer(id=letter_id, kind="fact", replayed=_replay_here(store, caller, letter_id, again))
    done = others.replay(letter_id, act=caller.user_id)
    if done is None:
        raise DeadLetterNotFound
    return ReplayAnswer(id=letter_id, kind="fact", replayed=done)


def _replay_here(store: Store, caller: Caller, letter_id: str, replay: Replay) -> bool:
    """Apply a fact that was parked here.

    :raises StillUnreadable: if its data does not fit the contract
    :raises ReplayRefused: if its consumer refuses it
    """
    try:
        return replay_parked(store, caller=caller, letter_id=letter_id, replay=replay)
    except FactRefusedAgain as refused:
        raise refusal_of(str(refused.numbers["reason"])) from refused
