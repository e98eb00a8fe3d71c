"""What is always true of the ledger: the registry of invariants.

Each is checked by `strongroom verify` over everything, and again and again while the bank runs; each has a test that
breaks it on purpose. The checks are in `store/journal_checks.py`, `store/balance_checks.py`, `store/journal_walk.py`,
and `store/proof.py`.
"""

from dataclasses import dataclass
from typing import Literal

Scope = Literal["journal", "balances", "holds", "audit", "outbox", "keys", "anchor"]
"""Which rows a check reads."""


@dataclass(frozen=True, slots=True)
class Invariant:
    """One sentence that is always true of the ledger; `id` is stable: the API, metrics and `verify` name it."""

    id: str
    title: str
    scope: Scope


INVARIANTS: tuple[Invariant, ...] = (
    Invariant("postings-belong", "Every posting belongs to an entry and to a ledger account.", "journal"),
    Invariant("entries-balance", "In every entry debits equal credits, in each currency.", "journal"),
    Invariant("entries-have-two-sides", "Every entry has a debit and a credit, and no account is on both.", "journal"),
    Invariant("sequence-gap-free", "The entries are numbered 1, 2, 3 … without a gap.", "journal"),
    Invariant("entries-chained", "Every entry's hash covers the entry, its postings and the hash before.", "journal"),
    Invariant("business-days-in-order", "No entry has an earlier business date than the one before it.", "journal"),
    Invariant(
        "balances-run", "Every posting's balance is the account's balance before it plus the posting.", "journal"
    ),
    Invariant("reversals-mirror", "A reversal mirrors exactly one earlier entry, which is reversed once.", "journal"),
    Invariant("floors-kept", "No withdrawal or transfer took an account below what it may fall to.", "journal"),
    Invariant("booked-is-sum-of-postings", "What an account has booked is the sum of its postings.", "balances"),
    Invariant(
        "books-balance", "Over the whole bank debit balances equal credit balances, in each currency.", "balances"
    ),
    Invariant("days-ended-right", "What was kept at a day's end is the balance after that day's postings.", "balances"),
    Invariant("internal-without-contract", "The bank's own accounts have no owner; customers' have one.", "balances"),
    Invariant("held-is-open-holds", "What an account holds back is the sum of what is open of its holds.", "holds"),
    Invariant("hold-parts-add-up", "What was captured and released of a hold is never more than the hold.", "holds"),
    Invariant(
        "captures-are-entries", "What was captured of an account's holds was booked in capture entries.", "holds"
    ),
    Invariant("entries-audited", "Every entry has exactly one record of who commanded it.", "audit"),
    Invariant("audit-chained", "The audit trail has no gap, and every record covers the one before.", "audit"),
    Invariant("entries-told", "Every entry was told in exactly one fact, while facts are kept.", "outbox"),
    Invariant("outbox-chained", "The facts have no gap, each covers the one before, the head is the last.", "outbox"),
    Invariant("answers-true", "Every kept answer to a booking names an entry, and every entry has one.", "keys"),
    Invariant("anchor-in-ledger", "The entry at the anchor, outside the database, is in the ledger.", "anchor"),
)
