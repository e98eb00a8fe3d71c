"""The shapes of what staff do with customers, and of the people who work for the bank."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from services.accounts.api.customer_schemas import AddressRequest, Phone
from services.accounts.api.fields import Note, OneLine, PersonName, Word
from services.accounts.domain.customer import read_email, read_phone
from services.accounts.domain.iban import read_account_number
from services.accounts.store.customer_queries import Sought
from shared.money import MAX_AMOUNT_MINOR
from shared.web.schemas import Answer, ChangeModel, Currency, IsoDate, ListAnswer, Moment, StrictModel

AddressKind = Literal["home", "mailing", "work"]


class KycRequest(StrictModel):
    """A step of knowing a customer: `kyc_level` 1 to 3 with verified, the reason with rejected."""

    kyc_state: Literal["verifying", "verified", "rejected"]
    kyc_level: Annotated[int, Field(ge=1, le=3)] | None = None
    reason: Note | None = None


class KycStepAnswer(Answer):
    """One field of one step."""

    field: str
    old: object
    new: object
    by: str
    note: str | None
    at: Moment


class KycAnswer(Answer):
    """How far the bank knows a customer, and how it came there."""

    customer_id: str
    kyc_state: str
    kyc_level: int
    history: list[KycStepAnswer]


class NewAddressRequest(AddressRequest):
    """An address of a kind, valid from a day (today unless said) until another one, exclusive."""

    type: AddressKind = "home"
    valid_from: IsoDate | None = None
    valid_until: IsoDate | None = None


class AddressHistoryAnswer(Answer):
    """An address a customer has or had; `valid_until` is exclusive, `present` the one of its kind that holds today."""

    id: str
    type: str
    street: str
    city: str
    state: str
    postal_code: str
    country: str
    valid_from: IsoDate
    valid_until: IsoDate | None
    present: bool


class AddressHistoryList(ListAnswer[AddressHistoryAnswer]):
    """All addresses of a customer, oldest first."""


class SearchRequest(StrictModel):
    """Whom staff look for; at least one of them. The words of a name may be parts and stand in any order."""

    name: Annotated[OneLine, Field(max_length=100)] | None = None
    phone: Phone | None = None
    email: Annotated[str, Field(min_length=3, max_length=254)] | None = None
    account_number: OneLine | None = None

    @model_validator(mode="after")
    def _not_everybody(self) -> "SearchRequest":
        if not any((self.name, self.phone, self.email, self.account_number)):
            raise ValueError("name, phone, email or account_number is needed")
        return self

    def to_sought(self, *, allow_test_domains: bool) -> Sought:
        """Give whom to look for; a wrong check digit is refused before anything is looked up.

        :raises BadPhone, BadEmail, BadAccountNumber: if one of them is none
        """
        return Sought(
            name=self.name,
            phone=None if self.phone is None else read_phone(self.phone),
            email=None if self.email is None else read_email(self.email, allow_test_domains=allow_test_domains),
            account_number=None if self.account_number is None else read_account_number(self.account_number),
        )


class NoteRequest(StrictModel):
    """What other staff should know."""

    text: Note


class NoteAnswer(Answer):
    """A note on a customer."""

    id: str
    text: str
    by: str
    at: Moment


class NoteList(ListAnswer[NoteAnswer]):
    """A page of notes, oldest first."""


class StaffRequest(StrictModel):
    """Somebody who works for the bank; the salary is a year's, in minor units."""

    name: PersonName
    email: Annotated[str, Field(min_length=3, max_length=254)]
    phone: Phone | None = None
    position: PersonName
    branch_id: Word
    supervisor_id: Word | None = None
    user_id: Word | None = None
    salary_minor: Annotated[int, Field(ge=0, le=MAX_AMOUNT_MINOR)] | None = None
    salary_currency: Currency | None = None
    hire_date: IsoDate

    @model_validator(mode="after")
    def _whole_salary(self) -> "StaffRequest":
        if (self.salary_minor is None) != (self.salary_currency is None):
            raise ValueError("salary_minor and salary_currency belong together")
        return self

    def to_fields(self, *, allow_test_domains: bool) -> dict[str, Any]:
        """Give the columns.

        :raises BadPhone, BadEmail: if one of them is none
        """
        fields = self.model_dump()
        fields["email"] = read_email(self.email, allow_test_domains=allow_test_domains)
        fields["phone"] = None if self.phone is None else read_phone(self.phone)
        return fields


class StaffChange(ChangeModel):
    """What changed about somebody; what is left out stays, null takes away what may be missing."""

    name: PersonName | None = None
    phone: Phone | None = None
    position: PersonName | None = None
    branch_id: Word | None = None
    supervisor_id: Word | None = None
    user_id: Word | None = None
    salary_minor: Annotated[int, Field(ge=0, le=MAX_AMOUNT_MINOR)] | None = None
    salary_currency: Currency | None = None
    left_on: IsoDate | None = None
    note: Note | None = None
    """Why; it lands in the audit trail."""

    @model_validator(mode="after")
    def _stays_whole(self) -> "StaffChange":
        sent = self.model_fields_set
        if ("salary_minor" in sent) != ("salary_currency" in sent):
            raise ValueError("salary_minor and salary_currency belong together")
        if (self.salary_minor is None) != (self.salary_currency is None):
            raise ValueError("salary_minor and salary_currency belong together")
        for field in ("name", "position", "branch_id"):
            if field in sent and getattr(self, field) is None:
                raise ValueError(f"{field} may not be taken away")
        return self

    def to_fields(self) -> dict[str, Any]:
        """Give what is to change, by column.

        :raises BadPhone: if the phone number is none
        """
        fields = {name: getattr(self, name) for name in self.model_fields_set - {"version", "note"}}
        if self.phone is not None:
            fields["phone"] = read_phone(self.phone)
        return fields


class StaffAnswer(Answer):
    """Somebody who works for the bank; the salary is shown to admins only."""

    id: str
    user_id: str | None
    name: str
    email: str
    phone: str | None
    position: str
    branch_id: str
    supervisor_id: str | None
    salary_minor: int | None
    salary_currency: str | None
    hire_date: IsoDate
    left_on: IsoDate | None
    version: int


class StaffList(ListAnswer[StaffAnswer]):
    """A page of staff, in the order in which they were written down."""
