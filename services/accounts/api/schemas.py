"""The shapes in which accounts, branches, products and rates are asked for and answered."""

from typing import Literal

from services.accounts.api.fields import Nickname, Note, OneLine, Word
from services.accounts.domain.name_match import MatchResult
from services.accounts.use_cases.begin_opening import AccountTerms
from shared.web.schemas import AmountMinor, Answer, ChangeModel, Currency, ListAnswer, Moment, StrictModel


class FirstAccountRequest(StrictModel):
    """The account that a new customer wants with the registration."""

    product: Word
    branch_id: Word | None = None
    currency: Currency | None = None

    def to_terms(self) -> AccountTerms:
        """Give the terms in the words of the use case."""
        return AccountTerms(product=self.product, branch_id=self.branch_id, currency=self.currency)


class AccountRequest(FirstAccountRequest):
    """A new account; staff say for which customer."""

    nickname: Nickname | None = None
    customer_id: Word | None = None
    initial_deposit_minor: AmountMinor | None = None

    def to_terms(self) -> AccountTerms:
        """Give the terms in the words of the use case."""
        return AccountTerms(self.product, self.branch_id, self.currency, self.nickname, self.initial_deposit_minor)


class AccountChange(ChangeModel):
    """Another nickname for an account; null takes it away."""

    nickname: Nickname | None
    note: Note | None = None


class AccountAnswer(Answer):
    """An account; its number is an IBAN without spaces."""

    id: str
    account_number: str
    product: str
    currency: str
    status: str
    nickname: str | None
    owners: list[str]
    branch_id: str
    opened_at: str | None
    last_transaction_at: str | None
    version: int


class AccountList(ListAnswer[AccountAnswer]):
    """A page of accounts, oldest first."""


class EditAnswer(Answer):
    """One field of one edit: before, after, by which user, why and when."""

    id: str
    field: str
    old: object
    new: object
    by: str
    note: str | None
    at: str


class EditList(ListAnswer[EditAnswer]):
    """A page of edits, oldest first."""


class LookupRequest(StrictModel):
    """Whom a payer thinks an account belongs to."""

    account_number: OneLine
    name: OneLine


class LookupAnswer(Answer):
    """How well the name fits; the owner's name is given only if it is close."""

    result: MatchResult
    suggestion: str | None


class BranchRequest(StrictModel):
    """A new branch."""

    name: OneLine
    location: OneLine


class BranchChange(ChangeModel):
    """Another name, location or opening state of a branch; what is left out stays."""

    name: OneLine | None = None
    location: OneLine | None = None
    state: Literal["open", "closed"] | None = None
    note: Note | None = None

    def to_fields(self) -> dict[str, str]:
        """Give what is to change."""
        wanted = {"name": self.name, "location": self.location, "state": self.state}
        return {field: value for field, value in wanted.items() if value is not None}


class BranchAnswer(Answer):
    """A branch."""

    id: str
    name: str
    location: str
    state: str
    created_at: Moment
    version: int


class BranchList(ListAnswer[BranchAnswer]):
    """A page of branches."""
