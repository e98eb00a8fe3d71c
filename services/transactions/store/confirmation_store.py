"""Reading and writing what customers have confirmed, a batch at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from services.transactions.store.tables import METADATA
from shared.clock import format_time
from shared.store.statements import OneOf, Prepared, as_list, insert_into, insert_new

USED = METADATA.tables["used_step_ups"]
PAYEES = METADATA.tables["confirmed_payees"]

_PAYEES_OF = Prepared(
    select(PAYEES.c.customer_id, PAYEES.c.account_id).where(OneOf(PAYEES.c.customer_id, "customers")), ["customers"]
)
_USED = Prepared(select(USED.c.token_id).where(OneOf(USED.c.token_id, "tokens")), ["tokens"])
_USE = insert_into(USED, ["token_id", "customer_id", "subject_id", "used_at"])
_CONFIRM = insert_new(PAYEES, ["customer_id", "account_id", "token_id"])


@dataclass(frozen=True, slots=True)
class Confirmations:
    """What was confirmed before a batch: customers with their known payee accounts, and tokens that are used up."""

    payees: frozenset[tuple[str, str]] = frozenset()
    tokens: frozenset[str] = frozenset()


NO_CONFIRMATIONS = Confirmations()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A token that approves a command of a customer, and the payee accounts that are known to them by it."""

    token_id: str
    customer_id: str
    subject_id: str
    payees: tuple[str, ...]


def load_confirmations(session: Session, customers: Collection[str], tokens: Collection[str]) -> Confirmations:
    """Give the known payees of these customers, and which of these tokens are used up."""
    payees = _PAYEES_OF.read(session, as_list(customers)) if customers else []
    used = _USED.read(session, as_list(tokens)) if tokens else []
    return Confirmations(frozenset((row[0], row[1]) for row in payees), frozenset(row[0] for row in used))


def write_confirmations(session: Session, confirmed: Sequence[Confirmation], *, at: datetime) -> None:
    """Keep what was confirmed; a token that is there already fails the batch, which is then decided anew."""
    if not confirmed:
        return
    time = format_time(at)
    _USE.run(session, [(one.token_id, one.customer_id, one.subject_id, time) for one in confirmed])
    _CONFIRM.run(session, [(one.customer_id, payee, one.token_id) for one in confirmed for payee in one.payees])
