"""Mails over HTTP, for the desk: what was sent, what maybe, what never; send it again."""

from fastapi import APIRouter, Request, Response

from services.notifications.api.dependencies import StoreDep
from services.notifications.domain.delivery import DeliveryNotFound, NotToBeResent, State
from services.notifications.domain.notice import Kind
from services.notifications.store.delivery_queries import list_deliveries
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
