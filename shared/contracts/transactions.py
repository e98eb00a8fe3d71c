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


FACTS: tuple[type[Fact], ...] = (DepositBooked, WithdrawalBooked, TransferBooked)
