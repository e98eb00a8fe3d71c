"""Who asked for something that a second person decides sees that it waits."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.notify_customer import notify_user
from shared.clock import bank_now
from shared.contracts.accounts import ApprovalRequested
from shared.contracts.envelope import Envelope

FACT = ApprovalRequested


def consume(session: Session, fact: ApprovalRequested, envelope: Envelope) -> None:
    """Tell who made it, in the inbox of their login."""
    params = {"approval_id": fact.approval_id, "service": fact.service, "command": fact.command}
    notice = Notice(kind="approval-waits", params=params)
    notify_user(session, user_id=fact.made_by, source=envelope.position, notice=notice, now=bank_now())
