"""The inbox over HTTP: list one's own items, mark them as read or unread."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.notifications.api.dependencies import OwnInboxes, StoreDep
from services.notifications.api.schemas import (
    NotificationAnswer,
    NotificationList,
    ReadAllAnswer,
    ReadAllRequest,
    ReadRequest,
)
from services.notifications.domain.notice import Event, ItemNotFound
from services.notifications.store.inbox_queries import count_unread, list_items
from services.notifications.use_cases.mark_all_read import mark_all_read as mark_all_read_once
from services.notifications.use_cases.mark_notification_read import mark_notification_read
from services.notifications.use_cases.mark_notification_unread import mark_notification_unread
from shared.clock import now
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey, Page
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/notifications", tags=["notifications"])

UnreadOnly = Annotated[bool, Query()]


@router.get("")
def read_notifications(
    inboxes: OwnInboxes, store: StoreDep, page: Page, event: Event | None = None, unread: UnreadOnly = False
) -> NotificationList:
    """List your inbox, newest first, with the number of unread items; `event` and `unread=true` narrow the list."""
    with store.read() as session:
        rows = list_items(
            session, recipients=inboxes, after=page.after, limit=page.limit + 1, event=event, unread_only=unread
        )
        count = count_unread(session, recipients=inboxes)
    items, cursor = page.cut(rows, lambda item: item.id)
    return NotificationList(
        items=[NotificationAnswer.model_validate(item) for item in items], next=cursor, unread=count
    )


@router.post("/read", response_model=ReadAllAnswer)
def mark_all_read(
    request: Request,
    caller: CurrentCaller,
    inboxes: OwnInboxes,
    store: StoreDep,
    key: OptionalIdempotencyKey,
    body: ReadAllRequest | None = None,
) -> Response:
    """Mark all items as read, or all up to one."""
    at = now()
    up_to = body.up_to if body else None
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=200,
        command=lambda session: ReadAllAnswer.model_validate(
            mark_all_read_once(session, caller=caller, recipients=inboxes, up_to=up_to, now=at)
        ),
    )


@router.post("/{item_id}/unread", response_model=NotificationAnswer, responses=problems(ItemNotFound))
def mark_unread(
    item_id: str,
    request: Request,
    caller: CurrentCaller,
    inboxes: OwnInboxes,
    store: StoreDep,
    key: OptionalIdempotencyKey,
    body: ReadRequest | None = None,
) -> Response:
    """Mark one item as unread again, to come back to it."""
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=200,
        command=lambda session: NotificationAnswer.model_validate(
            mark_notification_unread(session, caller=caller, recipients=inboxes, item_id=item_id)
        ),
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
