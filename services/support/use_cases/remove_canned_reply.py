"""Remove a canned reply.

Who: the desk. Rule: none; what was written with it stays. Says: nothing.
"""

from sqlmodel import Session

from services.support.store.desk_store import drop_reply, get_reply
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


def remove_canned_reply(session: Session, *, caller: Caller, reply_id: str) -> None:
    """Take it out of the list.

    :raises ReplyNotFound: if there is none
    """
    reply = get_reply(session, reply_id=reply_id)
    record_audit(
        session,
        caller=caller,
        command="remove-canned-reply",
        subject_type="canned-reply",
        subject_id=reply.id,
        before={"title": reply.title, "text": reply.text},
    )
    drop_reply(session, reply)
