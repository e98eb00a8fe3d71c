"""Facts of the ledger."""

from typing import ClassVar

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
)
