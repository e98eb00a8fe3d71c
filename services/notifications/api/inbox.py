"""The inbox over HTTP: list one's own items, mark one as read."""

from fastapi import APIRouter, Request, Response

from services.notifications.api.dependencies import OwnInboxes, StoreDep
from services.notifications.api.schemas import NotificationAnswer, NotificationList, ReadRequest
from services.notifications.domain.notice import ItemNotFound
from services.notifications.store.inbox_queries import count_unread, list_items
from services.notifications.use_cases.mark_notification_read import mark_notification_read
from shared.clock import now
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey, Page
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/notifications", tags=["notifications"])


@router.get("")
def read_notifications(inboxes: OwnInboxes, store: StoreDep, page: Page) -> NotificationList:
    """List your inbox, newest first, with the number of unread items."""
    with store.read() as session:
        rows = list_items(session, recipients=inboxes, after=page.after, limit=page.limit + 1)
        unread = count_unread(session, recipients=inboxes)
    items, cursor = page.cut(rows, lambda item: item.id)
    return NotificationList(
        items=[NotificationAnswer.model_validate(item) for item in items], next=cursor, unread=unread
    )


@router.post("/{item_id}/read", response_model=NotificationAnswer, responses=problems(ItemNotFound))
def mark_read(
    item_id: str,
    request: Request,
    caller: CurrentCaller,
    inboxes: OwnInboxes,
    store: StoreDep,
    key: OptionalIdempotencyKey,
    body: ReadRequest | None = None,
) -> Response:
    """Mark one item as read; doing it again changes nothing."""
    at = now()
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=200,
        command=lambda session: NotificationAnswer.model_validate(
            mark_notification_read(session, caller=caller, recipients=inboxes, item_id=item_id, now=at)
        ),
    )
