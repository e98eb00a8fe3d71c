"""Facts of the ledger."""

from typing import ClassVar

from shared.contracts.approval_shapes import EndedApproval, NeededApproval
from shared.contracts.envelope import Fact


class DepositBooked(Fact):
    """Money came in over a desk or a clearing account."""

    type: ClassVar[str] = "bank.transactions.deposit-booked.v1"
    entry_id: str
    account_id: str
    owners: list[str]
    amount_minor: int
    currency: str
    booked_at: str
    business_date: str
    balance_after_minor: int | None = None


class WithdrawalBooked(Fact):
    """Money went out over a desk or a clearing account."""

    type: ClassVar[str] = "bank.transactions.withdrawal-booked.v1"
    entry_id: str
    account_id: str
    owners: list[str]
    amount_minor: int
    currency: str
    booked_at: str
    business_date: str
    balance_after_minor: int | None = None


class TransferBooked(Fact):
    """Money moved between two accounts of the bank."""

    type: ClassVar[str] = "bank.transactions.transfer-booked.v1"
    entry_id: str
    payer_account_id: str
    payee_account_id: str
    payer_owners: list[str]
    payee_owners: list[str]
    amount_minor: int
    currency: str
    booked_at: str
    business_date: str
    payer_balance_after_minor: int | None = None
    payee_balance_after_minor: int | None = None


class HoldPlaced(Fact):
    """Money was set aside."""

    type: ClassVar[str] = "bank.transactions.hold-placed.v1"
    hold_id: str
    account_id: str
    owners: list[str]
    amount_minor: int
    currency: str


class HoldReleased(Fact):
    """Money that was set aside was given back."""

    type: ClassVar[str] = "bank.transactions.hold-released.v1"
    hold_id: str
    account_id: str
    owners: list[str]
    amount_minor: int
    currency: str


class HoldExpired(Fact):
    """A hold's time is over; what was open of it was given back."""

    type: ClassVar[str] = "bank.transactions.hold-expired.v1"
    hold_id: str
    account_id: str
    owners: list[str]
    amount_minor: int
    currency: str


class CaptureBooked(Fact):
    """A hold, or a part of it, became an entry."""

    type: ClassVar[str] = "bank.transactions.capture-booked.v1"
    entry_id: str
    hold_id: str
    payer_account_id: str
    payee_account_id: str
    payer_owners: list[str]
    payee_owners: list[str]
    amount_minor: int
    currency: str
    booked_at: str
    business_date: str
    payer_balance_after_minor: int | None = None
    payee_balance_after_minor: int | None = None


class ReversalBooked(Fact):
    """An entry was undone by a new one."""

    type: ClassVar[str] = "bank.transactions.reversal-booked.v1"
    entry_id: str
    reverses: str
    payer_account_id: str
    payee_account_id: str
    payer_owners: list[str]
    payee_owners: list[str]
    amount_minor: int
    currency: str
    booked_at: str
    business_date: str
    payer_balance_after_minor: int | None = None
    payee_balance_after_minor: int | None = None


class FeeBooked(Fact):
    """The bank charged a fee."""

    type: ClassVar[str] = "bank.transactions.fee-booked.v1"
    entry_id: str
    account_id: str
    owners: list[str]
    amount_minor: int
    currency: str
    booked_at: str
    business_date: str
    value_date: str
    balance_after_minor: int | None = None


class InterestBooked(Fact):
    """The bank paid interest (`direction` credit), or charged it on an overdraft (debit)."""

    type: ClassVar[str] = "bank.transactions.interest-booked.v1"
    entry_id: str
    account_id: str
    owners: list[str]
    direction: str
    amount_minor: int
    currency: str
    booked_at: str
    business_date: str
    value_date: str
    balance_after_minor: int | None = None


class AdjustmentBooked(Fact):
    """Staff put a balance right; `direction` is the account's. The bank's own accounts have no owners."""

    type: ClassVar[str] = "bank.transactions.adjustment-booked.v1"
    entry_id: str
    account_id: str
    owners: list[str]
    direction: str
    against: str
    amount_minor: int
    currency: str
    booked_at: str
    business_date: str
    value_date: str
    balance_after_minor: int | None = None


class BusinessDateClosed(Fact):
    """A business date is over: its end-of-day balances are kept, and entries are booked on `opened` from now on."""

    type: ClassVar[str] = "bank.transactions.business-date-closed.v1"
    business_date: str
    opened: str


class ClockMoved(Fact):
    """The sandbox's clock stands so many seconds ahead of the machine's; it never goes back."""

    type: ClassVar[str] = "bank.transactions.clock-moved.v1"
    offset_seconds: int


class AccountTurnedDormant(Fact):
    """Nobody but the bank has moved money on the account for as long as the bank waits."""

    type: ClassVar[str] = "bank.transactions.account-turned-dormant.v1"
    account_id: str
    business_date: str


class StandingOrderFailed(Fact):
    """An occurrence of a standing order did not come about; `final`: it is not tried again."""

    type: ClassVar[str] = "bank.transactions.standing-order-failed.v1"
    order_id: str
    account_id: str
    customer_id: str
    due_on: str
    amount_minor: int
    currency: str
    reason: str
    final: bool


class StatementReady(Fact):
    """A statement was made and can be read."""

    type: ClassVar[str] = "bank.transactions.statement-ready.v1"
    statement_id: str
    account_id: str
    owners: list[str]
    number: str
    from_day: str
    to_day: str
    kind: str


class InterestSummarised(Fact):
    """What a customer earned and paid in interest in a month, in one currency, in minor units."""

    type: ClassVar[str] = "bank.transactions.interest-summarised.v1"
    customer_id: str
    period: str
    currency: str
    credited_minor: int
    charged_minor: int
    accounts: int


class ApprovalNeeded(NeededApproval):
    """A command of the ledger waits for a second person."""

    type: ClassVar[str] = "bank.transactions.approval-needed.v1"


class CosignatureNeeded(Fact):
    """A customer's transfer waits for the other owners of its account: the order as it will be booked."""

    type: ClassVar[str] = "bank.transactions.cosignature-needed.v1"
    cosignature_id: str
    """The booked transfer will have it as its id."""
    account_id: str
    made_by: str
    """The login that ordered it."""
    customer_id: str
    owners: list[str]
    """All who have to sign, its maker among them."""
    payee_account_id: str
    amount_minor: int
    currency: str
    description: str
    confirmed: bool
    """Its maker confirmed it with a step-up, so the others do as well."""
    made_at: str
    expires_at: str
    """By the bank's clock, as RFC 3339."""


class ApprovalEnded(EndedApproval):
    """A command of the ledger that waited was executed, refused or forgotten."""

    type: ClassVar[str] = "bank.transactions.approval-ended.v1"


FACTS: tuple[type[Fact], ...] = (
    DepositBooked,
    WithdrawalBooked,
    TransferBooked,
    CaptureBooked,
    ReversalBooked,
    FeeBooked,
    InterestBooked,
    AdjustmentBooked,
    HoldPlaced,
    HoldReleased,
    HoldExpired,
    BusinessDateClosed,
    ClockMoved,
    AccountTurnedDormant,
    StandingOrderFailed,
    StatementReady,
    InterestSummarised,
    ApprovalNeeded,
    ApprovalEnded,
    CosignatureNeeded,
)
