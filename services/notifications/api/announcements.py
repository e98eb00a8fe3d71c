"""Announcements over HTTP: everybody reads those for them; the desk posts, changes and takes down."""

from typing import Literal

from fastapi import APIRouter, Request, Response

from services.notifications.api.dependencies import CurrentReader, StoreDep
from services.notifications.api.schemas import (
    AnnouncementAnswer,
    AnnouncementChange,
    AnnouncementList,
    AnnouncementRequest,
)
from services.notifications.domain.announcement import (
    AnnouncementNotFound,
    EditorsOnly,
    EndsBeforeStart,
    VersionMismatch,
    audiences_for,
)
from services.notifications.store.announcement_queries import get_announcement, list_announcements
from services.notifications.store.tables import AnnouncementRow
from services.notifications.use_cases.deactivate_announcement import deactivate_announcement
from services.notifications.use_cases.post_announcement import post_announcement
from services.notifications.use_cases.update_announcement import update_announcement
from shared.clock import bank_now
from shared.contracts.policy.notifications import EDITORS
from shared.web.dependencies import (
    BadCursor,
    CurrentCaller,
    ExpectedVersion,
    OptionalIdempotencyKey,
    Page,
    etag,
)
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/announcements", tags=["announcements"])


@router.get("", responses=problems(EditorsOnly))
def read_announcements(
    reader: CurrentReader, store: StoreDep, page: Page, show: Literal["current", "all"] = "current"
) -> AnnouncementList:
    """List the announcements for you, pinned ones first, then newest first; `show=all` is for those who edit them."""
    if show == "all" and not reader.has(*EDITORS):
        raise EditorsOnly
    audiences = audiences_for(is_customer=reader.has("customer"), is_staff=reader.is_staff)
    with store.read() as session:
        rows = list_announcements(
            session,
            audiences=audiences,
            shown_at=None if show == "all" else bank_now(),
            after=None if page.after is None else _read_cursor(page.after),
            limit=page.limit + 1,
        )
    items, cursor = page.cut(rows, _cursor_of)
    return AnnouncementList(items=[AnnouncementAnswer.model_validate(item) for item in items], next=cursor)


@router.post("", status_code=201, response_model=AnnouncementAnswer, responses=problems(EndsBeforeStart))
def create_announcement(
    body: AnnouncementRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Post an announcement. Title and message are plain text."""
    now = bank_now()
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=201,
        command=lambda session: AnnouncementAnswer.model_validate(
            post_announcement(session, caller=caller, order=body.to_order(), now=now)
        ),
    )


@router.get("/{announcement_id}", responses=problems(AnnouncementNotFound))
def read_announcement(
    announcement_id: str, reader: CurrentReader, store: StoreDep, response: Response
) -> AnnouncementAnswer:
    """Read one announcement that is for you; those who edit them also read hidden ones."""
    audiences = audiences_for(is_customer=reader.has("customer"), is_staff=reader.is_staff)
    with store.read() as session:
        found = get_announcement(
            session,
            announcement_id=announcement_id,
            audiences=audiences,
            shown_at=None if reader.has(*EDITORS) else bank_now(),
        )
    response.headers["etag"] = etag(found.version)
    return AnnouncementAnswer.model_validate(found)


@router.patch("/{announcement_id}", responses=problems(AnnouncementNotFound, VersionMismatch, EndsBeforeStart))
def change_announcement(
    announcement_id: str,
    body: AnnouncementChange,
    version: ExpectedVersion,
    caller: CurrentCaller,
    store: StoreDep,
    response: Response,
) -> AnnouncementAnswer:
    """Change the fields that are sent."""
    with store.write() as session:
        changed = update_announcement(
            session,
            caller=caller,
            announcement_id=announcement_id,
            seen_version=version,
            changes=body.changes(),
            now=bank_now(),
        )
    response.headers["etag"] = etag(changed.version)
    return AnnouncementAnswer.model_validate(changed)


@router.delete("/{announcement_id}", status_code=204, responses=problems(AnnouncementNotFound))
def remove_announcement(announcement_id: str, caller: CurrentCaller, store: StoreDep) -> None:
    """Take an announcement down; it is hidden, not deleted."""
    with store.write() as session:
        deactivate_announcement(session, caller=caller, announcement_id=announcement_id, now=bank_now())


def _cursor_of(row: AnnouncementRow) -> str:
    return f"{int(row.pinned)} {row.id}"


def _read_cursor(text: str) -> tuple[bool, str]:
    pinned, _, last_id = text.partition(" ")
    if pinned not in ("0", "1") or not last_id:
        raise BadCursor
    return pinned == "1", last_id
