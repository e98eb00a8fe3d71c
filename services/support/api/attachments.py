"""Files of tickets over HTTP: the body of the request is the file itself, of the types and size of its policy row.

A file is only ever given back to be saved: as an attachment, never sniffed, and without anything that could run.
"""

from hashlib import sha256
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel

from services.support.api.dependencies import CurrentViewer, StoreDep
from services.support.api.schemas import AttachmentAnswer, Uuid
from services.support.domain.attachment import (
    AttachmentNotFound,
    EmptyFile,
    NotThatKindOfFile,
    TooManyAttachments,
)
from services.support.domain.ticket import NotForCustomers, TicketClosed, TicketNotFound
from services.support.store.attachment_store import get_content
from services.support.use_cases.attach_file import File, attach_file
from shared.clock import bank_now
from shared.contracts.policy.support import ATTACHMENT_TYPES
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/attachments", tags=["support"])

_FILE = {
    "requestBody": {
        "required": True,
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in sorted(ATTACHMENT_TYPES)},
    }
}


async def _sent_bytes(request: Request) -> bytes:
    """Give the file, which the door has read and measured."""
    return await request.body()


FileBytes = Annotated[bytes, Depends(_sent_bytes)]


class _Sent(BaseModel):
    """What an idempotency key stands for here."""

    ticket_id: str
    name: str
    internal: bool
    sha256: str


@router.post(
    "",
    status_code=201,
    response_model=AttachmentAnswer,
    openapi_extra=_FILE,
    responses=problems(TicketNotFound, NotForCustomers, TicketClosed, EmptyFile, NotThatKindOfFile, TooManyAttachments),
)
def create_attachment(
    request: Request,
    caller: CurrentCaller,
    viewer: CurrentViewer,
    store: StoreDep,
    key: OptionalIdempotencyKey,
    content: FileBytes,
    ticket_id: Annotated[Uuid, Query()],
    name: Annotated[str, Query(min_length=1, max_length=255)],
    internal: bool = False,
) -> Response:
    """Attach a file to a ticket; the desk may attach one that only staff see."""
    file = File(name, request.headers.get("content-type", ""), content, internal)
    now = bank_now()
    return answer_once(
        store,
        caller=caller,
        request=request,
        key=key,
        body=_Sent(ticket_id=ticket_id, name=name, internal=internal, sha256=sha256(content).hexdigest()),
        status=201,
        command=lambda session: AttachmentAnswer.of(
            attach_file(session, caller=caller, viewer=viewer, ticket_id=ticket_id, file=file, now=now), viewer
        ),
    )


@router.get("/{attachment_id}", response_class=Response, responses=problems(AttachmentNotFound))
def read_attachment(attachment_id: str, viewer: CurrentViewer, store: StoreDep) -> Response:
    """Save a file of a ticket that you may read."""
    with store.read() as session:
        found, content = get_content(session, viewer=viewer, attachment_id=attachment_id)
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
    }
    return Response(content, media_type=found.media_type, headers=headers)
