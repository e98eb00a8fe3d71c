"""Note that money moved on accounts: the last transaction date goes forward, never back.

Who: the consumers of the ledger's facts, in the transaction that moves their cursor.
"""

from sqlmodel import Session

from services.accounts.store.account_store import keep_last_transaction
from shared.clock import parse_time


def note_movement(session: Session, *, account_ids: list[str], booked_at: str) -> None:
    """Keep the time of a booking on these accounts (RFC 3339); late and repeated facts do no harm.

    :raises ValueError: if it is no time
    """
    keep_last_transaction(session, account_ids, at=parse_time(booked_at))
