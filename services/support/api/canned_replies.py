"""Canned replies over HTTP, for the desk."""

from fastapi import APIRouter, Request, Response

from services.support.api.dependencies import StoreDep
from services.support.api.schemas import (
    CannedReplyAnswer,
    CannedReplyChange,
    CannedReplyList,
    CannedReplyRequest,
)
from services.support.domain.ticket import ReplyNotFound, VersionMismatch
from services.support.store.desk_store import list_replies
from services.support.use_cases.remove_canned_reply import remove_canned_reply
from services.support.use_cases.save_canned_reply import add_canned_reply, change_canned_reply
from shared.clock import now
from shared.web.dependencies import CurrentCaller, ExpectedVersion, OptionalIdempotencyKey, Page, etag
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/canned-replies", tags=["support"])


@router.get("")
def read_canned_replies(store: StoreDep, page: Page) -> CannedReplyList:
    """List what the desk writes often, newest first."""
    with store.read() as session:
        rows = list_replies(session, after=page.after, limit=page.limit + 1)
    items, cursor = page.cut(rows, lambda reply: reply.id)
    return CannedReplyList(items=[CannedReplyAnswer.model_validate(one) for one in items], next=cursor)


@router.post("", status_code=201, response_model=CannedReplyAnswer)
def create_canned_reply(
    body: CannedReplyRequest, request: Request, caller: CurrentCaller, store: StoreDep, key: OptionalIdempotencyKey
) -> Response:
    """Keep words that the desk writes often."""
    at = now()
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=body,
        status=201,
        command=lambda session: CannedReplyAnswer.model_validate(
            add_canned_reply(session, caller=caller, title=body.title, text=body.text, now=at)
        ),
    )


@router.patch("/{reply_id}", responses=problems(ReplyNotFound, VersionMismatch))
def edit_canned_reply(
    reply_id: str,
    body: CannedReplyChange,
    version: ExpectedVersion,
    caller: CurrentCaller,
    store: StoreDep,
    response: Response,
) -> CannedReplyAnswer:
    """Change the words."""
    with store.write() as session:
        changed = change_canned_reply(
            session,
            caller=caller,
            reply_id=reply_id,
            seen_version=version,
            title=body.title,
            text=body.text,
            now=now(),
        )
    response.headers["etag"] = etag(changed.version)
    return CannedReplyAnswer.model_validate(changed)


@router.delete("/{reply_id}", status_code=204, responses=problems(ReplyNotFound))
def delete_canned_reply(reply_id: str, caller: CurrentCaller, store: StoreDep) -> None:
    """Take the words out of the list."""
    with store.write() as session:
        remove_canned_reply(session, caller=caller, reply_id=reply_id)
