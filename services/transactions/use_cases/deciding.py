"""How a use case on the batch path looks: a pure decision on a view that lives for one batch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from services.transactions.domain.approval import WaitingCommand
from services.transactions.domain.bank_rules import NO_RULES, BankRules
from services.transactions.domain.cooling_off import PayeeStanding
from services.transactions.domain.hold import Hold
from services.transactions.domain.interest import Accrued
from services.transactions.domain.journal_entry import Booking, JournalEntry
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.domain.value_date import choose_value_date
from services.transactions.store.own_posting_store import OwnPosting
from shared.clients.step_up import StepUp
from shared.contracts.caller import Caller
from shared.contracts.envelope import Fact


@dataclass(frozen=True, slots=True)
class BookedEntry:
    """An entry of the journal, and the id of the one that reversed it."""

    entry: JournalEntry
    reversed_by: str | None


class LedgerView(Protocol):
    """What a decision may look at: the ledger as the batch's earlier commands left it."""

    def account(self, account_id: str) -> LedgerAccount | None:
        """Give an account by id."""

    def account_by_number(self, account_number: str) -> LedgerAccount | None:
        """Give an account by its number."""

    def hold(self, hold_id: str) -> Hold | None:
        """Give a hold by id."""

    def entry(self, entry_id: str) -> BookedEntry | None:
        """Give a booked entry by id."""

    def internal(self, initial: LedgerAccount) -> LedgerAccount:
        """Give an internal account, opened as `initial` if it has no entry yet."""

    def accrued(self, account_id: str) -> Accrued | None:
        """Give what has accrued on an account; None before its first end of day, or if it was not asked for."""

    def is_confirmed(self, customer_id: str, payee_account_id: str) -> bool:
        """Tell whether a customer has confirmed a transfer to this account before."""

    def standing(self, customer_id: str, payee_account_id: str, business_date: date) -> PayeeStanding:
        """Give how a customer knows a payee, and what it got on this business date while it was new."""

    def open_orders(self, account_id: str) -> int:
        """Tell how many standing orders of an account may still come about."""

    def is_used(self, token_id: str) -> bool:
        """Tell whether a step-up token has approved something before."""

    def waiting(self, approval_id: str) -> WaitingCommand | None:
        """Give a command that waits, or waited, for a second person."""

    def waiting_on(self, subject_id: str) -> tuple[WaitingCommand, ...]:
        """Give the commands about a subject that may still come about."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a command comes with: who asks, when, and on which day the bank books."""

    caller: Caller
    booked_at: datetime
    business_date: date
    entry_id: str
    path_ids: Mapping[str, str] = field(default_factory=dict)
    rules: BankRules = NO_RULES
    step_up: StepUp | None = None
    """A good token of the caller's session; whether it approves this command is for the command to say."""
    approval: WaitingCommand | None = None
    """The approved command that is being executed; its caller is who asked for it."""

    def booking(self, description: str, value_date: date | None = None) -> Booking:
        """Give the outer facts of an entry, with the value date asked for.

        :raises BackValueNotAllowed: if it lies back and the caller is no supervisor
        :raises BadValueDate: if it lies in the future, or too far back
        """
        if value_date is not None:
            value_date = choose_value_date(
                caller=self.caller, asked=value_date, business_date=self.business_date, rules=self.rules
            )
        return Booking(self.entry_id, self.booked_at, self.business_date, description, value_date)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a command reads, so that a whole batch is loaded in a few queries.

    With a hold or an entry, the accounts that stand in it are loaded, too.
    """

    ids: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    hold_ids: tuple[str, ...] = ()
    entry_ids: tuple[str, ...] = ()
    interest_of: tuple[str, ...] = ()
    """Accounts of which the accrued interest is needed, since they are about to close."""
    payees_of: tuple[str, ...] = ()
    """Customers whose payees, listed or confirmed, decide."""
    orders_of: tuple[str, ...] = ()
    """Accounts whose open standing orders decide."""
    approval_ids: tuple[str, ...] = ()
    waiting_on: tuple[str, ...] = ()
    """Accounts and entries that this changes: what waits for a second person about them is void then."""


class NewPayeeUse(NamedTuple):
    """What a customer sends an account that is new to them, in minor units, on a business date."""

    customer_id: str
    account_id: str
    business_date: date
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What a command does: an answer, perhaps an entry or a changed contract, and what is told of it."""

    status: int
    answer: dict[str, Any]
    subject_id: str
    entry: JournalEntry | None = None
    entries: tuple[JournalEntry, ...] = ()
    contract: LedgerAccount | None = None
    hold: Hold | None = None
    facts: tuple[Fact, ...] = ()
    before: dict[str, Any] | None = None
    audit_after: dict[str, Any] | None = None
    reason: str | None = None
    opens: date | None = None
    """The business date that is open from the end of the batch on: whatever is booked in it is still of the old one."""
    clock_offset_seconds: int | None = None
    """How far the bank's clock stands ahead of the machine's from the commit on."""
    final_interest: tuple[OwnPosting, ...] = ()
    """Interest that the command posted itself; what has accrued goes back to what each carries."""
    confirms: tuple[str, ...] = ()
    """Payee accounts for which the caller has to confirm this command."""
    to_new: tuple[NewPayeeUse, ...] = ()
    """What it sends to payees who are new to the caller."""
    step_up_id: str | None = None
    """The step-up token that did, used up by this command."""
    waiting: tuple[WaitingCommand, ...] = ()
    """Commands that wait for a second person from now on, or that have ended."""
    subject_type: str | None = None
    """What `subject_id` is, where that is not what the command usually is about."""
    own_key: str | None = None
    """Under which key its answer is kept if the request had none: what books is answered for, whoever asked."""


@dataclass(frozen=True, slots=True)
class Command:
    """One verb of the ledger: its body, what it reads, and how it decides."""

    name: str
    order: type[Any]
    needs: Callable[[Any, Context], Needs]
    decide: Callable[[Any, Context, LedgerView], Decision]
    key_required: bool = True
    subject_type: str = "entry"
