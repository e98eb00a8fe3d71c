"""Facts of customers and their accounts."""

from typing import Any, ClassVar

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


class ProductChanged(Fact):
    """A product has a new version of its terms, in force from a bank's day on until the next one."""

    type: ClassVar[str] = "bank.accounts.product-changed.v1"
    product: str
    version: int
    effective_from: str
    terms: dict[str, Any]


class RateChanged(Fact):
    """A rate stands in the table (hundredths of a per cent a year, from a bank's day on), or was taken back."""

    type: ClassVar[str] = "bank.accounts.rate-changed.v1"
    rate_id: str
    product: str
    side: str
    tier_from_minor: int
    rate_basis_points: int
    effective_from: str
    withdrawn: bool = False


class ApprovalRequested(Fact):
    """A command waits for a second person."""

    type: ClassVar[str] = "bank.accounts.approval-requested.v1"
    approval_id: str
    service: str
    command: str
    made_by: str
    subject_type: str
    subject_id: str
    checkers: tuple[str, ...] = ()
    """The roles that may decide it."""


class ApprovalDecided(Fact):
    """A request is over: approved (its service executes the command now), rejected, expired or void."""

    type: ClassVar[str] = "bank.accounts.approval-decided.v1"
    approval_id: str
    service: str
    decision: str
    decided_by: str | None = None
    made_by: str | None = None


class CustomerKycChanged(Fact):
    """An officer decided how far the bank knows a customer; the level caps limits."""

    type: ClassVar[str] = "bank.accounts.customer-kyc-changed.v1"
    customer_id: str
    kyc_state: str
    kyc_level: int


class CustomerChanged(Fact):
    """A customer's details were edited; `fields` names what, not to what."""

    type: ClassVar[str] = "bank.accounts.customer-changed.v1"
    customer_id: str
    fields: list[str]


class BranchChanged(Fact):
    """A branch was made or edited."""

    type: ClassVar[str] = "bank.accounts.branch-changed.v1"
    branch_id: str
    state: str


class StaffChanged(Fact):
    """Somebody works for the bank, or does so elsewhere now."""

    type: ClassVar[str] = "bank.accounts.staff-changed.v1"
    staff_id: str
    user_id: str | None
    branch_id: str


class PayeeAdded(Fact):
    """A customer's payee is on their list (again); until `cooling_until` the ledger lets small amounts through only.

    `account_id` is missing where the number is none of this bank's.
    """

    type: ClassVar[str] = "bank.accounts.payee-added.v1"
    payee_id: str
    customer_id: str
    account_id: str | None = None
    cooling_until: str | None = None


class PayeeChanged(Fact):
    """A customer calls a payee something else; `fields` names what was changed, not to what."""

    type: ClassVar[str] = "bank.accounts.payee-changed.v1"
    payee_id: str
    customer_id: str
    fields: list[str]


class PayeeRemoved(Fact):
    """A payee is off a customer's list; if it is put back, `payee-added` is told again."""

    type: ClassVar[str] = "bank.accounts.payee-removed.v1"
    payee_id: str
    customer_id: str
    account_id: str | None = None


class AccountOwnersChanged(Fact):
    """An account has other owners, or they sign otherwise: `either` alone, or `both`, which means all together."""

    type: ClassVar[str] = "bank.accounts.account-owners-changed.v1"
    account_id: str
    owners: list[str]
    mandate: str


class CosignatureRequested(Fact):
    """Something about an account waits for the signatures of `signers`, who are customers."""

    type: ClassVar[str] = "bank.accounts.cosignature-requested.v1"
    cosignature_id: str
    kind: str
    account_id: str
    made_by: str
    """The customer who asked."""
    signers: list[str]


class CosignatureSigned(Fact):
    """A customer signed; `complete` with the last signature, after which it is done."""

    type: ClassVar[str] = "bank.accounts.cosignature-signed.v1"
    cosignature_id: str
    kind: str
    account_id: str
    signed_by: str
    complete: bool


class CosignatureEnded(Fact):
    """What became of it: executed, failed, refused by a signer, expired, or void since the account was changed."""

    type: ClassVar[str] = "bank.accounts.cosignature-ended.v1"
    cosignature_id: str
    kind: str
    account_id: str
    made_by: str
    status: str


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
    ProductChanged,
    RateChanged,
    ApprovalRequested,
    ApprovalDecided,
    CustomerKycChanged,
    CustomerChanged,
    BranchChanged,
    StaffChanged,
    PayeeAdded,
    PayeeChanged,
    PayeeRemoved,
    AccountOwnersChanged,
    CosignatureRequested,
    CosignatureSigned,
    CosignatureEnded,
)
