"""Live push over HTTP: a stream of server-sent events, and the same events by polling for who cannot keep one open.

`hello` tells the place and the unread count, `notification` an item, `announcement` and `announcement-gone` what is
told to many, `resync` that too much was missed: read the lists again. The stream ends with its token.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.sse import EventSourceResponse, format_sse_event
from starlette.concurrency import run_in_threadpool

from services.notifications.api.dependencies import CurrentAudience, HubDep, OwnInboxes, StoreDep
from services.notifications.api.events import LiveEvent, announcement_event, events_of, item_event
from services.notifications.api.live import LiveHub, LiveStream
from services.notifications.api.schemas import FeedAnswer, FeedEvent
from services.notifications.domain.announcement import Reader
from services.notifications.domain.notice import Recipient
from services.notifications.store.announcement_queries import announcements_in_feed
from services.notifications.store.inbox_queries import count_unread, items_after
from services.notifications.store.told_store import feed_head
from shared.errors import Unavailable
from shared.store.engine import Store
from shared.web.dependencies import CurrentCaller
from shared.web.door import bearer_token
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/notifications", tags=["notifications"])

HEARTBEAT_SECONDS = 15.0
MISSED_EVENTS = 200
RETRY_MILLISECONDS = 2000
_PLACE = re.compile(r"[0-9]{1,15}")
_KEEP_ALIVE = b": keep-alive\n\n"


_STREAM: dict[int | str, dict[str, Any]] = {200: {"description": "The stream.", "content": {"text/event-stream": {}}}}


@router.get("/stream", response_class=Response, responses={**problems(Unavailable), **_STREAM})
async def stream_notifications(
    request: Request,
    caller: CurrentCaller,
    inboxes: OwnInboxes,
    audience: CurrentAudience,
    hub: HubDep,
    store: StoreDep,
    last_event_id: Annotated[str | None, Header()] = None,
) -> Response:
    """Be told at once what comes into your inbox; with Last-Event-ID the stream goes on after that event."""
    stream = LiveStream(bearer_token(request.scope), caller.user_id or "", inboxes, audience)
    await hub.open(stream)
    return EventSourceResponse(
        _events(hub, stream, store, last_event_id), headers={"cache-control": "no-store", "x-accel-buffering": "no"}
    )


@router.get("/feed")
def read_notification_feed(
    inboxes: OwnInboxes,
    audience: CurrentAudience,
    store: StoreDep,
    after: Annotated[int | None, Query(ge=0, le=2**53)] = None,
) -> FeedAnswer:
    """Ask for what the stream would have told after a place, at most 200 events; without a place, where the feed is."""
    opening, events = _catch_up(store, inboxes, audience, after)
    shown = [FeedEvent(id=event.place, event=event.name, data=json.loads(event.data)) for event in events]
    last = shown[-1].id if shown else opening.place
    return FeedAnswer(last=last, unread=_unread(store, inboxes), resync=opening.name == "resync", events=shown)


async def _events(hub: LiveHub, stream: LiveStream, store: Store, last_event_id: str | None) -> AsyncIterator[bytes]:
    """Send what was missed, then what comes, with a sign of life every 15 s; ends with the stream."""
    try:
        opening, missed = await run_in_threadpool(
            _catch_up, store, stream.recipients, stream.reader, _place_of(last_event_id)
        )
        sent = opening.place
        yield format_sse_event(event=opening.name, data_str=opening.data, id=str(sent), retry=RETRY_MILLISECONDS)
        for event in missed:
            yield _written(event)
            sent = max(sent, event.place)
        while True:
            try:
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    waiting = await stream.queue.get()
            except TimeoutError:
                yield _KEEP_ALIVE
                continue
            if waiting is None:
                return
            if waiting.place > sent:
                sent = waiting.place
                yield _written(waiting)
    finally:
        hub.close(stream)


def _catch_up(
    store: Store,
    recipients: tuple[Recipient, ...],
    reader: Reader,
    last: int | None,
) -> tuple[LiveEvent, list[LiveEvent]]:
    """Give how the stream opens, and what was missed since the last event if there was one.

    `hello` stands where the stream goes on; `resync` says that what was missed is too much to tell, or unknown.
    """
    with store.read() as session:
        head = feed_head(session)
        unread = count_unread(session, recipients=recipients)
        data = f'{{"unread":{unread}}}'
        if last is None:
            return LiveEvent(head, "hello", data), []
        items = items_after(session, recipients=recipients, place=last, limit=MISSED_EVENTS + 1)
        announcements = announcements_in_feed(session, place=last, limit=MISSED_EVENTS + 1)
    if last > head or len(items) + len(announcements) > MISSED_EVENTS:
        return LiveEvent(head, "resync", data), []
    missed = [item_event(item) for item in items] + [announcement_event(row) for row in announcements]
    missed.sort(key=lambda event: event.place)
    return LiveEvent(last, "hello", data), events_of(missed, recipients=recipients, reader=reader)


def _place_of(last_event_id: str | None) -> int | None:
    """Read Last-Event-ID; what is no place of ours counts as none, since a browser sends it whatever it is."""
    known = last_event_id is not None and _PLACE.fullmatch(last_event_id)
    return int(last_event_id) if last_event_id is not None and known else None


def _unread(store: Store, recipients: tuple[Recipient, ...]) -> int:
    with store.read() as session:
        return count_unread(session, recipients=recipients)


def _written(event: LiveEvent) -> bytes:
    return format_sse_event(event=event.name, data_str=event.data, id=str(event.place))
