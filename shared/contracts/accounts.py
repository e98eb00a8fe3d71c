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


FACTS: tuple[type[Fact], ...] = (CustomerRegistered, AccountOpened, AccountChanged)
