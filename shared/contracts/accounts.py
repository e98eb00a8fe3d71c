"""Facts of customers and their accounts."""

from typing import ClassVar

from shared.contracts.envelope import Fact


class CustomerRegistered(Fact):
    """A person became a customer: the login exists and the customer is active."""

    type: ClassVar[str] = "bank.accounts.customer-registered.v1"
    customer_id: str
    user_id: str
    branch_id: str


class AccountOpened(Fact):
    """An account is open: the ledger holds its contract and money may move."""

    type: ClassVar[str] = "bank.accounts.account-opened.v1"
    account_id: str
    owners: list[str]
    product: str
    currency: str
    branch_id: str


class AccountChanged(Fact):
    """An account was edited; `fields` names what, not to what."""

    type: ClassVar[str] = "bank.accounts.account-changed.v1"
    account_id: str
    fields: list[str]


class AccountFrozen(Fact):
    """The ledger holds the freeze: `debit`, `credit` or `all`; `lifted_by` says who may lift it."""

    type: ClassVar[str] = "bank.accounts.account-frozen.v1"
    account_id: str
    owners: list[str]
    freeze: str
    lifted_by: str


class AccountUnfrozen(Fact):
    """Money may move again."""

    type: ClassVar[str] = "bank.accounts.account-unfrozen.v1"
    account_id: str
    owners: list[str]


class AccountClosed(Fact):
    """An account ended: the ledger paid `paid_out_minor` to the payout account and books nothing on it any more."""

    type: ClassVar[str] = "bank.accounts.account-closed.v1"
    account_id: str
    owners: list[str]
    product: str
    currency: str
    branch_id: str
    paid_out_minor: int
    payout_account_id: str | None = None


class AccountReopened(Fact):
    """A closed account is open again."""

    type: ClassVar[str] = "bank.accounts.account-reopened.v1"
    account_id: str
    owners: list[str]


class AccountTurnedDormant(Fact):
    """Nothing moved on an account for so long that it sleeps until somebody wakes it."""

    type: ClassVar[str] = "bank.accounts.account-turned-dormant.v1"
    account_id: str
    owners: list[str]


class AccountWoken(Fact):
    """A dormant account is open again."""

    type: ClassVar[str] = "bank.accounts.account-woken.v1"
    account_id: str
    owners: list[str]


class RelationshipEnded(Fact):
    """A customer's last account was closed; their login reaches what is past only."""

    type: ClassVar[str] = "bank.accounts.relationship-ended.v1"
    customer_id: str
    user_id: str


FACTS: tuple[type[Fact], ...] = (
    CustomerRegistered,
    AccountOpened,
    AccountChanged,
    AccountFrozen,
    AccountUnfrozen,
    AccountClosed,
    AccountReopened,
    AccountTurnedDormant,
    AccountWoken,
    RelationshipEnded,
)
