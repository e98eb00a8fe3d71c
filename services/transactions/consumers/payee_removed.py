"""PayeeRemoved: a payee is off a customer's list; our own copy follows."""

from sqlmodel import Session

from services.transactions.use_cases.take_payees import unlist_payee
from shared.contracts.accounts import PayeeRemoved
from shared.contracts.envelope import Envelope

FACT = PayeeRemoved


def consume(session: Session, fact: PayeeRemoved, envelope: Envelope) -> None:
    """Keep it; told twice it changes nothing."""
    unlist_payee(session, customer_id=fact.customer_id, account_id=fact.account_id)
