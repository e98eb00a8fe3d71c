"""Mails and dead letters over HTTP, for the desk: what was sent, what maybe, what never; send or apply it again."""

from typing import Literal

from fastapi import APIRouter, Request, Response

from services.notifications.api.dependencies import ReplayDep, StoreDep
from services.notifications.domain.delivery import (
    DeadLetterNotFound,
    DeliveryNotFound,
    NotToBeResent,
    State,
    StillUnreadable,
)
from services.notifications.domain.notice import Kind
from services.notifications.store.delivery_queries import kind_of_letter, list_dead_letters, list_deliveries
from services.notifications.use_cases.replay_fact import replay_fact
from services.notifications.use_cases.resend_mail import resend_mail
from shared.clock import now
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey, Page
from shared.web.idempotent import answer_once
from shared.web.problems import problems
from shared.web.schemas import Answer, ListAnswer, Moment, StrictModel

router = APIRouter(prefix="/api/v1", tags=["notifications"])


class AgainRequest(StrictModel):
    """Nothing is asked for doing it again."""


class DeliveryAnswer(Answer):
    """A mail to a customer; its address is asked for when it is sent, and kept nowhere."""

    id: str
    recipient_id: str
    template: Kind
    language: str
    state: State
    attempts: int
    last_error: str | None
    created_at: Moment
    updated_at: Moment
    sent_at: Moment | None


class DeliveryList(ListAnswer[DeliveryAnswer]):
    """A page of mails, newest first."""


class DeadLetterAnswer(Answer):
    """A fact that could not be accepted, or a mail that never left."""

    id: str
    kind: Literal["fact", "mail"]
    what: str
    error: str | None
    created_at: Moment


class DeadLetterList(ListAnswer[DeadLetterAnswer]):
    """A page of dead letters, newest first."""


class ReplayAnswer(Answer):
    """What became of it; `replayed` is false when that was done before."""

    id: str
    kind: Literal["fact", "mail"]
    replayed: bool


@router.get("/deliveries")
def read_deliveries(store: StoreDep, page: Page, state: State | None = None) -> DeliveryList:
    """List mails, newest first; `state=maybe-sent` are those of which nobody knows."""
    with store.read() as session:
        rows = list_deliveries(session, state=state, after=page.after, limit=page.limit + 1)
    items, cursor = page.cut(rows, lambda delivery: delivery.id)
    return DeliveryList(items=[DeliveryAnswer.model_validate(one) for one in items], next=cursor)


@router.post(
    "/deliveries/{delivery_id}/resend",
    response_model=DeliveryAnswer,
    responses=problems(DeliveryNotFound, NotToBeResent),
)
def resend(
    delivery_id: str,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    key: OptionalIdempotencyKey,
    body: AgainRequest | None = None,
) -> Response:
    """Send a mail again that failed or was maybe sent; it may then arrive twice, which is yours to decide."""
    at = now()
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=200,
        command=lambda session: DeliveryAnswer.model_validate(
            resend_mail(session, caller=caller, delivery_id=delivery_id, now=at)
        ),
    )


@router.get("/dead-letters")
def read_dead_letters(store: StoreDep, page: Page) -> DeadLetterList:
    """List facts that could not be accepted and mails that never left, newest first."""
    with store.read() as session:
        rows = list_dead_letters(session, after=page.after, limit=page.limit + 1)
    items, cursor = page.cut(rows, lambda letter: letter.id)
    return DeadLetterList(items=[DeadLetterAnswer.model_validate(one) for one in items], next=cursor)


@router.post("/dead-letters/{letter_id}/replay", responses=problems(DeadLetterNotFound, NotToBeResent, StillUnreadable))
def replay(
    letter_id: str,
    caller: CurrentCaller,
    store: StoreDep,
    again: ReplayDep,
    _key: OptionalIdempotencyKey,
    body: AgainRequest | None = None,
) -> ReplayAnswer:
    """Apply a parked fact, or send a failed mail again. A fact is applied once, however often this is asked."""
    with store.read() as session:
        kind = kind_of_letter(session, letter_id=letter_id)
    if kind is None:
        raise DeadLetterNotFound
    if kind == "fact":
        done = replay_fact(store, caller=caller, dead_letter_id=letter_id, replay=again)
        return ReplayAnswer(id=letter_id, kind="fact", replayed=done)
    with store.write() as session:
        resend_mail(session, caller=caller, delivery_id=letter_id, now=now())
    return ReplayAnswer(id=letter_id, kind="mail", replayed=True)
