"""A view on top of a view: what a command of many parts sees while it decides, gone if it is refused."""

from dataclasses import replace
from datetime import date

from services.transactions.domain.approval import WaitingCommand
from services.transactions.domain.cooling_off import PayeeStanding
from services.transactions.domain.hold import Hold
from services.transactions.domain.interest import Accrued
from services.transactions.domain.journal_entry import JournalEntry
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.domain.limits import count_entry
from services.transactions.use_cases.deciding import BookedEntry, LedgerView, NewPayeeUse


class NestedView:
    """Copies an account when it is first looked at; the view below never changes."""

    def __init__(self, below: LedgerView) -> None:
        """Begin with what the view below shows."""
        self._below = below
        self._accounts: dict[str, LedgerAccount] = {}
        self._sent: dict[tuple[str, str], int] = {}

    def account(self, account_id: str) -> LedgerAccount | None:
        """Give an account by id."""
        if account_id not in self._accounts:
            found = self._below.account(account_id)
            if found is None:
                return None
            self._accounts[account_id] = replace(found)
        return self._accounts[account_id]

    def account_by_number(self, account_number: str) -> LedgerAccount | None:
        """Give an account by its number."""
        found = self._below.account_by_number(account_number)
        return self.account(found.id) if found is not None else None

    def hold(self, hold_id: str) -> Hold | None:
        """Give a hold by id."""
        return self._below.hold(hold_id)

    def entry(self, entry_id: str) -> BookedEntry | None:
        """Give a booked entry by id."""
        return self._below.entry(entry_id)

    def accrued(self, account_id: str) -> Accrued | None:
        """Give what has accrued on an account."""
        return self._below.accrued(account_id)

    def is_confirmed(self, customer_id: str, payee_account_id: str) -> bool:
        """Tell whether a customer has confirmed a transfer to this account before this command."""
        return self._below.is_confirmed(customer_id, payee_account_id)

    def standing(self, customer_id: str, payee_account_id: str, business_date: date) -> PayeeStanding:
        """Give how a customer knows a payee; what earlier parts sent it counts as well."""
        below = self._below.standing(customer_id, payee_account_id, business_date)
        return replace(below, used_minor=below.used_minor + self._sent.get((customer_id, payee_account_id), 0))

    def open_orders(self, account_id: str) -> int:
        """Tell how many standing orders of an account may still come about."""
        return self._below.open_orders(account_id)

    def is_used(self, token_id: str) -> bool:
        """Tell whether a step-up token has approved something before this command."""
        return self._below.is_used(token_id)

    def waiting(self, approval_id: str) -> WaitingCommand | None:
        """Give a command that waits for a second person."""
        return self._below.waiting(approval_id)

    def waiting_on(self, subject_id: str) -> tuple[WaitingCommand, ...]:
        """Give the commands about a subject that may still come about."""
        return self._below.waiting_on(subject_id)

    def internal(self, initial: LedgerAccount) -> LedgerAccount:
        """Give an internal account."""
        return self._accounts.setdefault(initial.id, replace(self._below.internal(initial)))

    def apply_new_payee(self, use: NewPayeeUse) -> None:
        """Let the parts that follow see what a new payee got."""
        pair = (use.customer_id, use.account_id)
        self._sent[pair] = self._sent.get(pair, 0) + use.amount_minor

    def apply_entry(self, entry: JournalEntry) -> None:
        """Let the parts that follow see an entry's balances, and what it used of the payer's limits."""
        for posting in entry.postings:
            self._accounts[posting.account_id].booked_minor = posting.balance_after_minor
        count_entry(entry, payer=self._accounts[entry.payer_account_id])
