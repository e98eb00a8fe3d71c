"""One hash over what a ledger says, free of random ids and of the machine's times (`strongroom ledger-hash`).

Two ledgers with the same hash have the same accounts with the same balances, moved by the same postings with the same
texts on the same business dates, the same balances at each end of day, the same interest to the last fraction, and the
same holds. An account goes by its number; one of the bank's own by its kind, branch and currency. The order within a
business date does not count for those, since all bookings meet there; a customer's account shows it in the balance
after each posting.
"""

from dataclasses import dataclass
from hashlib import sha256

from sqlmodel import Session

from cli.data_folder import DataFolder
from cli.verify import LEDGER, opened, store_urls

_NAMED = (
    "WITH named AS (SELECT id, coalesce(account_number, kind || ' ' || branch_id || ' ' || currency) AS label"
    " FROM ledger_accounts)"
)
_SAYS = {
    "accounts": "SELECT n.label, a.kind, a.product, a.status, a.freeze, a.currency, a.holder_name, a.booked_minor,"
    " a.held_minor FROM ledger_accounts a JOIN named n ON n.id = a.id ORDER BY 1",
    "postings": "SELECT e.business_date, n.label, e.type, p.direction, p.amount_minor, e.currency, payer.label,"
    " payee.label, e.description, e.value_date, CASE WHEN a.kind = 'customer' THEN p.balance_after_minor END"
    " FROM postings p JOIN journal_entries e ON e.sequence = p.entry_sequence"
    " JOIN named n ON n.id = p.account_id JOIN ledger_accounts a ON a.id = p.account_id"
    " JOIN named payer ON payer.id = e.payer_account_id JOIN named payee ON payee.id = e.payee_account_id"
    " ORDER BY 1, 2, 3, 4, 5, 7, 8, 9, 10, 11",
    "ends of days": "SELECT b.business_date, n.label, b.booked_minor FROM end_of_day_balances b"
    " JOIN named n ON n.id = b.account_id ORDER BY 1, 2",
    "interest": "SELECT n.label, i.kind, i.booked_on, i.day, i.balance_minor, i.accrued, i.carry"
    " FROM interest_accruals i JOIN named n ON n.id = i.account_id ORDER BY 1, 2, 3, 4",
    "own postings": "SELECT n.label, o.period, o.kind, o.direction, o.amount_minor, o.state"
    " FROM own_postings o JOIN named n ON n.id = o.account_id ORDER BY 1, 2, 3",
    "holds": "SELECT n.label, h.status, h.amount_minor, h.captured_minor, h.released_minor, h.description"
    " FROM holds h JOIN named n ON n.id = h.account_id ORDER BY 1, 2, 3, 4, 5, 6",
    "business date": "SELECT business_date FROM business_date",
}


@dataclass(frozen=True)
class LedgerHash:
    """The hash in hexadecimal, and how much it is over."""

    hash: str
    accounts: int
    postings: int


def hash_of(session: Session) -> LedgerHash:
    """Hash the ledger as one read transaction sees it."""
    digest, counts = sha256(), {}
    for name, query in _SAYS.items():
        digest.update(f"{name}\n".encode())
        count = 0
        for row in session.connection().exec_driver_sql(f"{_NAMED} {query}"):
            digest.update((repr([None if value is None else str(value) for value in row]) + "\n").encode())
            count += 1
        counts[name] = count
    return LedgerHash(digest.hexdigest(), counts["accounts"], counts["postings"])


def ledger_hash(folder: DataFolder) -> LedgerHash:
    """Hash the ledger of a data folder, or the one that TRANSACTIONS_DATABASE_URL names, running or not.

    :raises Refused: if it cannot be read
    """
    url = store_urls(folder, [])[LEDGER]
    with opened({LEDGER: url}) as stores, stores[LEDGER].read() as session:
        return hash_of(session)
