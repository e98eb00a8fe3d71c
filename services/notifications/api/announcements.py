"""Announcements over HTTP: everybody reads those for them; the desk posts, changes and takes down."""

from typing import Literal

from fastapi import APIRouter, Request, Response

from services.notifications.api.dependencies import CurrentAudience, CurrentReader, StoreDep, audience_of
from services.notifications.api.schemas import (
    AcknowledgeRequest,
    AnnouncementAnswer,
    AnnouncementChange,
    AnnouncementList,
    AnnouncementRequest,
    EditAnswer,
    EditList,
)
from services.notifications.domain.announcement import (
    AnnouncementNotFound,
    AudienceIncomplete,
    EditorsOnly,
    EndsBeforeStart,
    VersionMismatch,
)
from services.notifications.store.announcement_queries import (
    acknowledged,
    get_announcement,
    list_announcements,
    list_edits,
)
from services.notifications.store.tables import AnnouncementRow
from services.notifications.use_cases.acknowledge_announcement import acknowledge_announcement
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

_REFUSALS = (EndsBeforeStart, AudienceIncomplete)


@router.get("", responses=problems(EditorsOnly))
def read_announcements(
    reader: CurrentReader, store: StoreDep, page: Page, show: Literal["current", "all"] = "current"
) -> AnnouncementList:
    """List the announcements for you, pinned ones first, then newest first; `show=all` is for those who edit them."""
    if show == "all" and not reader.has(*EDITORS):
        raise EditorsOnly
    audience = None if show == "all" else audience_of(reader, store)
    with store.read() as session:
        rows = list_announcements(
            session,
            reader=audience,
            shown_at=None if show == "all" else bank_now(),
            after=None if page.after is None else _read_cursor(page.after),
            limit=page.limit + 1,
        )
        read = acknowledged(session, user_id=reader.user_id, announcement_ids=[row.id for row in rows])
    items, cursor = page.cut(rows, _cursor_of)
    return AnnouncementList(
        items=[AnnouncementAnswer.of(item, acknowledged=item.id in read) for item in items], next=cursor
    )


@router.post(
    "", status_code=201, response_model=AnnouncementAnswer, responses=problems(EndsBeforeStart, AudienceIncomplete)
)
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
        command=lambda session: AnnouncementAnswer.of(
            post_announcement(session, caller=caller, order=body.to_order(), now=now)
        ),
    )


@router.get("/{announcement_id}", responses=problems(AnnouncementNotFound))
def read_announcement(
    announcement_id: str, reader: CurrentReader, store: StoreDep, response: Response
) -> AnnouncementAnswer:
    """Read one announcement that is for you; those who edit them also read hidden ones and those for others."""
    edits = reader.has(*EDITORS)
    audience = None if edits else audience_of(reader, store)
    with store.read() as session:
        found = get_announcement(
            session, announcement_id=announcement_id, reader=audience, shown_at=None if edits else bank_now()
        )
        read = acknowledged(session, user_id=reader.user_id, announcement_ids=[found.id])
    response.headers["etag"] = etag(found.version)
    return AnnouncementAnswer.of(found, acknowledged=bool(read))


@router.patch(
    "/{announcement_id}", responses=problems(AnnouncementNotFound, VersionMismatch, EndsBeforeStart, AudienceIncomplete)
)
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
    return AnnouncementAnswer.of(changed)


@router.delete("/{announcement_id}", status_code=204, responses=problems(AnnouncementNotFound))
def remove_announcement(announcement_id: str, caller: CurrentCaller, store: StoreDep) -> None:
    """Take an announcement down; it is hidden, not deleted."""
    with store.write() as session:
        deactivate_announcement(session, caller=caller, announcement_id=announcement_id, now=bank_now())


@router.get("/{announcement_id}/history", responses=problems(AnnouncementNotFound))
def read_announcement_history(announcement_id: str, store: StoreDep, page: Page) -> EditList:
    """List what was changed in an announcement, newest first: by whom, when, from what to what."""
    with store.read() as session:
        get_announcement(session, announcement_id=announcement_id, reader=None, shown_at=None)
        rows = list_edits(
            session,
            announcement_id=announcement_id,
            after=None if page.after is None else _read_version(page.after),
            limit=page.limit + 1,
        )
    items, cursor = page.cut(rows, lambda edit: str(edit.version))
    return EditList(items=[EditAnswer.model_validate(item) for item in items], next=cursor)


@router.post(
    "/{announcement_id}/acknowledge", response_model=AnnouncementAnswer, responses=problems(AnnouncementNotFound)
)
def acknowledge(
    announcement_id: str,
    request: Request,
    caller: CurrentCaller,
    audience: CurrentAudience,
    store: StoreDep,
    key: OptionalIdempotencyKey,
    body: AcknowledgeRequest | None = None,
) -> Response:
    """Say that you read it; doing it again changes nothing."""
    now = bank_now()
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=200,
        command=lambda session: AnnouncementAnswer.of(
            acknowledge_announcement(session, caller=caller, reader=audience, announcement_id=announcement_id, now=now),
            acknowledged=True,
        ),
    )


def _read_version(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise BadCursor
    return int(text)


def _cursor_of(row: AnnouncementRow) -> str:
    return f"{int(row.pinned)} {row.id}"


def _read_cursor(text: str) -> tuple[bool, str]:
    pinned, _, last_id = text.partition(" ")
    if pinned not in ("0", "1") or not last_id:
        raise BadCursor
    return pinned == "1", last_id
