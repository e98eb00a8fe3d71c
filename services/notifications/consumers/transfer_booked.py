"""A transfer is told to every owner of the payer and of the payee."""

from sqlmodel import Session

from services.notifications.domain.notice import Kind, movement
from services.notifications.use_cases.notify_customer import notify_customer
from shared.clock import bank_now
from shared.contracts.envelope import Envelope
from shared.contracts.transactions import TransferBooked

FACT = TransferBooked


def consume(session: Session, fact: TransferBooked, envelope: Envelope) -> None:
    """Tell both sides, in the inbox and by mail; who owns both accounts is told of both legs."""
    now = bank_now()
    sides: tuple[tuple[Kind, str, list[str]], ...] = (
        ("transfer-out", fact.payer_account_id, fact.payer_owners),
        ("transfer-in", fact.payee_account_id, fact.payee_owners),
    )
    for kind, account_id, owners in sides:
        notice = movement(
            kind=kind,
            account_id=account_id,
            amount_minor=fact.amount_minor,
            currency=fact.currency,
            entry_id=fact.entry_id,
            booked_at=fact.booked_at,
        )
        for owner in owners:
            notify_customer(session, customer_id=owner, source=envelope.position, notice=notice, now=now)
