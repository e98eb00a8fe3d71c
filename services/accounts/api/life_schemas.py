"""The shapes of what happens to an account in its life, and of the archive."""

from typing import Any, Literal

from services.accounts.api.fields import Note, Word
from services.accounts.domain.account_life import Freeze, Lifter
from services.accounts.domain.customer import mask_email, mask_phone
from services.accounts.store.tables import ClosedAccountRow
from services.accounts.use_cases.close_account import ClosingOrder
from services.accounts.use_cases.freeze_account import FreezeOrder
from shared.web.schemas import Answer, ListAnswer, Moment, StrictModel


class ReasonRequest(StrictModel):
    """Why; staff must say it."""

    reason: Note | None = None


class FreezeRequest(ReasonRequest):
    """What to freeze, unless all; staff may say who shall be able to lift it, an officer unless said."""

    freeze: Literal["debit", "credit", "all"] = "all"
    lifted_by: Literal["customer", "officer", "supervisor"] | None = None

    def to_order(self) -> FreezeOrder:
        """Give the order in the words of the use case."""
        return FreezeOrder(Freeze(self.freeze), self.reason, Lifter(self.lifted_by) if self.lifted_by else None)


class MoveRequest(StrictModel):
    """Where the account belongs from now on, and why."""

    branch_id: Word
    reason: Note


class CloseRequest(ReasonRequest):
    """Why, and where the rest goes: an account of the same customer in the same currency."""

    payout_account_id: Word | None = None

    def to_order(self) -> ClosingOrder:
        """Give the order in the words of the use case."""
        return ClosingOrder(self.reason, self.payout_account_id)


class FreezeAnswer(Answer):
    """What is frozen on an account: `none`, `debit`, `credit` or `all`."""

    account_id: str
    freeze: str
    reason: str | None
    frozen_at: Moment | None
    lifted_by: str | None


class MoneyAnswer(Answer):
    """An amount in minor units of its currency."""

    amount_minor: int
    currency: str


class ClosedAccountAnswer(Answer):
    """What an account was when it was closed; `balance_at_deletion` was paid out with the closing."""

    id: str
    original_id: str
    customer_name: str
    account_number: str
    account_type: str
    branch_name: str
    balance_at_deletion: MoneyAnswer
    closed_by: str
    deletion_date: Moment
    reason: str | None
    customer_email: str
    phone_number: str
    last_transaction_date: Moment | None

    @classmethod
    def of(cls, row: ClosedAccountRow, *, masked: bool) -> "ClosedAccountAnswer":
        """Give a row of the archive in the form the API shows; `masked` is how to reach the customer for staff."""
        values: dict[str, Any] = row.model_dump(exclude={"balance_minor", "currency"})
        if masked:
            values["customer_email"] = mask_email(row.customer_email)
            values["phone_number"] = mask_phone(row.phone_number)
        balance = MoneyAnswer(amount_minor=row.balance_minor, currency=row.currency)
        return cls(**values, balance_at_deletion=balance)


class ClosedAccountList(ListAnswer[ClosedAccountAnswer]):
    """A page of the archive, the earliest closed first."""
