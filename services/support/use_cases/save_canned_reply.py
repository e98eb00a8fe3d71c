"""Save a canned reply: a new one, or a change of one.

Who: the desk. Rule: `domain/ticket.py`. Says: nothing.
"""

from datetime import datetime

from sqlmodel import Session

from services.support.domain.ticket import check_version
from services.support.store.desk_store import get_reply, keep_reply
from services.support.store.tables import CannedReplyRow
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.audit import record_audit


def add_canned_reply(session: Session, *, caller: Caller, title: str, text: str, now: datetime) -> CannedReplyRow:
    """Keep a new canned reply."""
    reply = CannedReplyRow(
        id=new_id(),
        title=title,
        text=text,
        updated_by=caller.user_id or "",
        created_at=now,
        updated_at=now,
        version=1,
    )
    keep_reply(session, reply)
    record_audit(session, caller=caller, command="add-canned-reply", subject_type="canned-reply", subject_id=reply.id)
    return reply


def change_canned_reply(
    session: Session,
    *,
    caller: Caller,
    reply_id: str,
    seen_version: int,
    title: str | None,
    text: str | None,
    now: datetime,
) -> CannedReplyRow:
    """Set what is given, if the caller saw the newest version.

    :raises ReplyNotFound: if there is none
    :raises VersionMismatch: if somebody changed it first
    """
    reply = get_reply(session, reply_id=reply_id)
    check_version(current=reply.version, seen=seen_version)
    before = {"title": reply.title, "text": reply.text}
    reply.title, reply.text = title or reply.title, text or reply.text
    reply.updated_by, reply.updated_at = caller.user_id or "", now
    reply.version += 1
    keep_reply(session, reply)
    record_audit(
        session,
        caller=caller,
        command="change-canned-reply",
        subject_type="canned-reply",
        subject_id=reply.id,
        before=before,
        after={"title": reply.title, "text": reply.text},
    )
    return reply
