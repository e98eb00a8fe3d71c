"""PayeeAdded: a customer has a payee on their list; our own copy follows."""

from sqlmodel import Session

from services.transactions.use_cases.take_payees import list_payee
from shared.clock import parse_time
from shared.contracts.accounts import PayeeAdded
from shared.contracts.envelope import Envelope

FACT = PayeeAdded


def consume(session: Session, fact: PayeeAdded, envelope: Envelope) -> None:
    """Keep it; told twice it changes nothing."""
    until = None if fact.cooling_until is None else parse_time(fact.cooling_until)
    list_payee(session, customer_id=fact.customer_id, account_id=fact.account_id, cooling_until=until)
