"""The ledger's end of day found an account on which nothing has moved for long: it sleeps from now on."""

from sqlmodel import Session

from services.accounts.use_cases.turn_dormant import turn_dormant
from shared.contracts.envelope import Envelope
from shared.contracts.transactions import AccountTurnedDormant

FACT = AccountTurnedDormant


def consume(session: Session, fact: AccountTurnedDormant, envelope: Envelope) -> None:
    """Let the account sleep, if it is open."""
    turn_dormant(session, account_id=fact.account_id)
