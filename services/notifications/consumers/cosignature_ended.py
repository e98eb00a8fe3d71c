"""Who asked for signatures learns if it came to nothing; what was done tells of itself."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.accounts import CosignatureEnded
from shared.contracts.envelope import Envelope

FACT = CosignatureEnded


def consume(session: Session, fact: CosignatureEnded, envelope: Envelope) -> None:
    """Tell them, in the inbox and by mail."""
    if fact.status == "executed":
        return
    params = {"cosignature_id": fact.cosignature_id, "account_id": fact.account_id, "status": fact.status}
    notice = Notice(kind="signature-missed", params=params, by_mail=True)
    notify_customer(session, customer_id=fact.made_by, source=envelope.position, notice=notice, now=bank_now())
