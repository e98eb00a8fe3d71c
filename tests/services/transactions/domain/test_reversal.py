"""The rules of reversals, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.transactions.domain.funds import InsufficientFunds
from services.transactions.domain.journal_entry import Booking, JournalEntry
from services.transactions.domain.ledger_account import AccountNotOpen, LedgerAccount
from services.transactions.domain.limits import UNLIMITED
from services.transactions.domain.reversal import AlreadyReversed, ReversalNotReversible, book_reversal
from services.transactions.domain.transfer import book_transfer
from shared.money import Money

BOOKING = Booking("e-1", datetime(2026, 3, 1, tzinfo=UTC), date(2026, 3, 1))
PAYER = LedgerAccount(id="a", kind="customer", currency="EUR", booked_minor=500)
PAYEE = LedgerAccount(id="b", kind="customer", currency="EUR")


def original() -> JournalEntry:
    """Give a booked transfer of 100."""
    return book_transfer(booking=BOOKING, payer=PAYER, payee=PAYEE, amount=Money(100, "EUR"), limits=UNLIMITED)


def after() -> dict[str, LedgerAccount]:
    """Give the accounts as the transfer left them."""
    return {"a": replace(PAYER, booked_minor=400), "b": replace(PAYEE, booked_minor=100)}


class TestBookReversal:
    def test_is_the_mirror_image(self) -> None:
        entry = book_reversal(booking=BOOKING, original=original(), reversed_by=None, accounts=after())
        assert [(p.account_id, p.direction, p.balance_after_minor) for p in entry.postings] == [
            ("a", "credit", 500),
            ("b", "debit", 0),
        ]
        assert (entry.type, entry.reverses) == ("reversal", "e-1")

    def test_happens_once_and_never_to_a_reversal(self) -> None:
        with pytest.raises(AlreadyReversed):
            book_reversal(booking=BOOKING, original=original(), reversed_by="e-2", accounts=after())
        with pytest.raises(ReversalNotReversible):
            book_reversal(
                booking=BOOKING, original=replace(original(), type="reversal"), reversed_by=None, accounts=after()
            )

    def test_of_money_already_spent_is_refused(self) -> None:
        accounts = after()
        accounts["b"].booked_minor = 99
        with pytest.raises(InsufficientFunds):
            book_reversal(booking=BOOKING, original=original(), reversed_by=None, accounts=accounts)

    def test_on_a_closed_account_is_refused(self) -> None:
        accounts = after()
        accounts["a"].status = "closed"
        with pytest.raises(AccountNotOpen):
            book_reversal(booking=BOOKING, original=original(), reversed_by=None, accounts=accounts)
