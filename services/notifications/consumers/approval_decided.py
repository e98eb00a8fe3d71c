"""Who asked for something sees how a second person decided."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.notify_customer import notify_user
from shared.clock import bank_now
from shared.contracts.accounts import ApprovalDecided
from shared.contracts.envelope import Envelope

FACT = ApprovalDecided


def consume(session: Session, fact: ApprovalDecided, envelope: Envelope) -> None:
    """Tell who made it, in the inbox of their login and by mail."""
    if fact.made_by is None:
        return  # from before the fact said whose request it was
    params = {"approval_id": fact.approval_id, "service": fact.service, "decision": fact.decision}
    notice = Notice(kind="approval-decided", params=params, by_mail=True)
    notify_user(session, user_id=fact.made_by, source=envelope.position, notice=notice, now=bank_now())
