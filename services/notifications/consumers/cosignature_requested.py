"""Those who have to sign learn that something waits for them."""

from sqlmodel import Session

from services.notifications.domain.notice import Notice
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.accounts import CosignatureRequested
from shared.contracts.envelope import Envelope

FACT = CosignatureRequested


def consume(session: Session, fact: CosignatureRequested, envelope: Envelope) -> None:
    """Tell each of them, in the inbox and by mail; who asked has signed."""
    params = {"cosignature_id": fact.cosignature_id, "account_id": fact.account_id, "asked": fact.kind}
    notice = Notice(kind="signature-asked", params=params, by_mail=True)
    for signer in fact.signers:
        notify_customer(session, customer_id=signer, source=envelope.position, notice=notice, now=bank_now())
