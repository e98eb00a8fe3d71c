"""The shapes of payees."""

from typing import Literal

from pydantic import Field

from services.accounts.api.fields import Nickname, OneLine
from services.accounts.domain.payee import undo_until
from services.accounts.store.tables import PayeeRow
from services.accounts.use_cases.add_payee import NewPayee
from shared.web.schemas import Answer, ChangeModel, ListAnswer, Moment, StrictModel


class PayeeRequest(StrictModel):
    """Whom to pay: the IBAN as it was typed, and the name that is compared with its owner's."""

    account_number: str = Field(min_length=1, max_length=64)
    name: OneLine
    nickname: Nickname | None = None

    def to_payee(self) -> NewPayee:
        """Give it in the words of the use case."""
        return NewPayee(self.account_number, self.name, self.nickname)


class PayeeChange(ChangeModel):
    """What the customer calls a payee; null: by the name."""

    nickname: Nickname | None


class PayeeAnswer(Answer):
    """A payee. `suggestion` is the owner's name, shown for a close match only.

    `name_check`: match, close, none, or unavailable (another bank's account). Until `cooling_until` it gets small
    amounts only. A removed one can be put back until `undo_until`.
    """

    id: str
    account_number: str
    account_id: str | None
    name: str
    nickname: str | None
    name_check: Literal["match", "close", "none", "unavailable"]
    suggestion: str | None
    status: Literal["active", "removed"]
    added_at: Moment
    cooling_until: Moment | None
    removed_at: Moment | None
    undo_until: Moment | None
    version: int

    @classmethod
    def of(cls, row: PayeeRow) -> "PayeeAnswer":
        """Give a payee in the form the API shows."""
        status: Literal["active", "removed"] = "active" if row.removed_at is None else "removed"
        # Which account has a number is told only to who knew the owner's name.
        known = row.account_id if row.name_check == "match" else None
        values = row.model_dump(exclude={"customer_id", "account_id"})
        return cls(**values, status=status, account_id=known, undo_until=undo_until(row.removed_at))


class PayeeList(ListAnswer[PayeeAnswer]):
    """A page of payees, in the order of adding."""
