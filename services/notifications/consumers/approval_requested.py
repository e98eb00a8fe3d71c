"""Who asked for something that a second person decides sees that it waits, and those who may decide hear of it."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.store.staff_store import staff_with
from services.notifications.use_cases.notify_customer import notify_user
from shared.clock import bank_now
from shared.contracts.accounts import ApprovalRequested
from shared.contracts.envelope import Envelope

FACT = ApprovalRequested


def consume(session: Session, fact: ApprovalRequested, envelope: Envelope) -> None:
    """Tell who made it in their inbox, and everybody who may decide it also by mail."""
    params = {"approval_id": fact.approval_id, "service": fact.service, "command": fact.command}
    now = bank_now()
    waits = Notice(kind="approval-waits", params=params)
    notify_user(session, user_id=fact.made_by, source=envelope.position, notice=waits, now=now)
    asked = Notice(kind="approval-asked", params=params, by_mail=True)
    for checker in staff_with(session, fact.checkers):
        if checker != fact.made_by:  # nobody decides their own request
            notify_user(session, user_id=checker, source=envelope.position, notice=asked, now=now)
