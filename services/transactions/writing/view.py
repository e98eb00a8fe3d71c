"""The batch's view of the ledger: what the store says, overlaid with what the batch's earlier commands did."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from services.transactions.domain.approval import OPEN_STATES, WaitingCommand
from services.transactions.domain.cooling_off import PayeeStanding
from services.transactions.domain.hold import Hold
from services.transactions.domain.interest import Accrued
from services.transactions.domain.journal_entry import JournalEntry
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.domain.limits import count_debit, count_entry, give_back, uncount_entry
from services.transactions.store.confirmation_store import NO_CONFIRMATIONS, Confirmation, Confirmations
from services.transactions.store.own_posting_store import OwnPosting
from services.transactions.store.payee_store import NO_LISTS, Pair, PayeeLists
from services.transactions.use_cases.deciding import BookedEntry, NewPayeeUse


class BatchView:
    """Lives for one batch; nothing that decides money outlives it."""

    def __init__(
        self,
        accounts: list[LedgerAccount],
        holds: Sequence[Hold] = (),
        entries: Sequence[BookedEntry] = (),
        confirmations: Confirmations = NO_CONFIRMATIONS,
        payees: PayeeLists = NO_LISTS,
        open_orders: Mapping[str, int] | None = None,
        accrued: Mapping[str, Accrued] | None = None,
        waiting: Sequence[WaitingCommand] = (),
    ) -> None:
        """Begin with what the store has."""
        self._holds = {hold.id: hold for hold in holds}
        self._entries = {one.entry.id: one for one in entries}
        self._confirmed_payees = set(confirmations.payees)
        self._used_tokens = set(confirmations.tokens)
        self._payees = payees
        self._open_orders = open_orders or {}
        self.new_payee_usage: dict[Pair, tuple[date, int]] = {}
        self.confirmed: list[Confirmation] = []
        self._accrued = dict(accrued or {})
        self.final_interest: list[OwnPosting] = []
        self._waiting = {one.id: one for one in waiting}
        self.known_waiting = frozenset(self._waiting)
        self.written_waiting: dict[str, WaitingCommand] = {}
        self.known_holds = frozenset(self._holds)
        self.written_holds: dict[str, Hold] = {}
        self._by_id = {account.id: account for account in accounts}
        self._by_number = {a.account_number: a for a in accounts if a.account_number is not None}
        self.known = frozenset(self._by_id)
        self.moved: dict[str, LedgerAccount] = {}
        self.written: dict[str, LedgerAccount] = {}
        self._unopened: dict[str, LedgerAccount] = {}

    def account(self, account_id: str) -> LedgerAccount | None:
        """Give an account by id."""
        return self._by_id.get(account_id)

    def account_by_number(self, account_number: str) -> LedgerAccount | None:
        """Give an account by its number."""
        return self._by_number.get(account_number)

    def hold(self, hold_id: str) -> Hold | None:
        """Give a hold by id."""
        return self._holds.get(hold_id)

    def entry(self, entry_id: str) -> BookedEntry | None:
        """Give a booked entry by id."""
        return self._entries.get(entry_id)

    def accrued(self, account_id: str) -> Accrued | None:
        """Give what has accrued on an account; None once it was posted."""
        return self._accrued.get(account_id)

    def is_confirmed(self, customer_id: str, payee_account_id: str) -> bool:
        """Tell whether a customer has confirmed a transfer to this account before."""
        return (customer_id, payee_account_id) in self._confirmed_payees

    def standing(self, customer_id: str, payee_account_id: str, business_date: date) -> PayeeStanding:
        """Give how a customer knows a payee, and what it got on this business date while it was new."""
        pair = (customer_id, payee_account_id)
        stored = self._payees.standing(pair, business_date)
        used = self.new_payee_usage.get(pair)
        return stored if used is None else replace(stored, used_minor=used[1])

    def open_orders(self, account_id: str) -> int:
        """Tell how many standing orders of an account may still come about."""
        return self._open_orders.get(account_id, 0)

    def is_used(self, token_id: str) -> bool:
        """Tell whether a step-up token has approved something before."""
        return token_id in self._used_tokens

    def waiting(self, approval_id: str) -> WaitingCommand | None:
        """Give a command that waits, or waited, for a second person."""
        return self._waiting.get(approval_id)

    def waiting_on(self, subject_id: str) -> tuple[WaitingCommand, ...]:
        """Give the commands about a subject that may still come about."""
        return tuple(one for one in self._waiting.values() if one.subject_id == subject_id and one.state in OPEN_STATES)

    def apply_waiting(self, commands: Sequence[WaitingCommand]) -> None:
        """Take commands over that wait from now on, or have ended."""
        for one in commands:
            self._waiting[one.id] = self.written_waiting[one.id] = one

    def internal(self, initial: LedgerAccount) -> LedgerAccount:
        """Give an internal account; one without an entry yet is as `initial` until an entry moves it."""
        return self._by_id.get(initial.id) or self._unopened.setdefault(initial.id, initial)

    def apply_entry(self, entry: JournalEntry) -> None:
        """Take an entry's balances over; an internal account is opened by its first entry."""
        for posting in entry.postings:
            if posting.account_id not in self._by_id:
                self._put(self._unopened[posting.account_id])
            account = self._by_id[posting.account_id]
            account.booked_minor = posting.balance_after_minor
            self.moved[account.id] = account
        count_entry(entry, payer=self._by_id[entry.payer_account_id])
        if entry.reverses is not None:
            original = self._entries[entry.reverses]
            uncount_entry(original.entry, payer=self._by_id[original.entry.payer_account_id])
            self._entries[entry.reverses] = replace(original, reversed_by=entry.id)

    def apply_hold(self, hold: Hold) -> None:
        """Take a hold over: what is newly open of it, or no longer, is added to what its account holds."""
        before = self._holds.get(hold.id)
        account = self._by_id[hold.account_id]
        account.held_minor += hold.open_minor - (before.open_minor if before else 0)
        if hold.business_date is not None:
            if before is None:
                count_debit(payer=account, amount_minor=hold.amount_minor, business_date=hold.business_date)
            elif freed := hold.released_minor - before.released_minor:
                give_back(payer=account, amount_minor=freed, counted_on=hold.business_date)
        self.moved[account.id] = account
        self._holds[hold.id] = hold
        self.written_holds[hold.id] = hold

    def apply_final_interest(self, account_id: str, postings: Sequence[OwnPosting]) -> None:
        """Take what a closing posted; it is posted once."""
        self._accrued.pop(account_id, None)
        self.final_interest.extend(postings)

    def apply_confirmation(self, confirmation: Confirmation) -> None:
        """Use a step-up token up; the payees it approved are known to its customer from now on."""
        self._used_tokens.add(confirmation.token_id)
        self._confirmed_payees.update((confirmation.customer_id, payee) for payee in confirmation.payees)
        self.confirmed.append(confirmation)

    def apply_new_payee(self, use: NewPayeeUse) -> None:
        """Count what a payee got who is new to the customer."""
        pair = (use.customer_id, use.account_id)
        used = self.standing(*pair, use.business_date).used_minor + use.amount_minor
        self.new_payee_usage[pair] = (use.business_date, used)

    def apply_contract(self, contract: LedgerAccount) -> None:
        """Take a new contract over."""
        self._put(replace(contract))

    def _put(self, account: LedgerAccount) -> None:
        self._by_id[account.id] = account
        if account.account_number is not None:
            self._by_number[account.account_number] = account
        self.written[account.id] = account
