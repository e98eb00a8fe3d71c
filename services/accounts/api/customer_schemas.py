"""The shapes in which customers register, change and are shown."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator

from services.accounts.api.fields import Note, OneLine, PersonName
from services.accounts.api.schemas import AccountAnswer, FirstAccountRequest
from services.accounts.domain.customer import (
    Address,
    Person,
    mask_email,
    mask_phone,
    read_country,
    read_email,
    read_phone,
)
from services.accounts.domain.masking import MASKED, masked_customer
from services.accounts.domain.views import CustomerView
from services.accounts.use_cases.begin_registration import Applicant
from shared.money import MAX_AMOUNT_MINOR, exponent
from shared.web.schemas import Answer, ChangeModel, Currency, IsoDate, ListAnswer, StrictModel

Gender = Literal["female", "male", "diverse", "undisclosed"]
KycName = Literal["applied", "verifying", "verified", "rejected"]
IncomeMinor = Annotated[int, Field(ge=0, le=MAX_AMOUNT_MINOR)]
Phone = Annotated[str, Field(min_length=3, max_length=40)]
_DEFAULT_CURRENCY = "EUR"


def _known(currency: str | None) -> str | None:
    if currency is not None:
        exponent(currency)  # its message names the code that was sent, so it may only hold three letters: checked
    return currency


class AddressRequest(StrictModel):
    """Where somebody lives; `country` is ISO 3166-1 alpha-2."""

    street: OneLine
    city: OneLine
    state: OneLine
    postal_code: Annotated[OneLine, Field(max_length=20)]
    country: Annotated[str, Field(min_length=2, max_length=2)]

    def to_address(self) -> Address:
        """Give the address in the words of the domain.

        :raises BadCountry: if there is no such country
        """
        return Address(self.street, self.city, self.state, self.postal_code, read_country(self.country))


class CustomerRequest(StrictModel):
    """Somebody who wants to become a customer, perhaps with a first account. Income is a year's, in minor units."""

    email: Annotated[str, Field(min_length=3, max_length=254)]
    password: Annotated[SecretStr, Field(min_length=1, max_length=256)]
    first_name: PersonName
    last_name: PersonName
    phone: Phone
    date_of_birth: IsoDate
    gender: Gender | None = None
    occupation: PersonName | None = None
    income_minor: IncomeMinor | None = None
    income_currency: Currency | None = None
    address: AddressRequest
    account: FirstAccountRequest | None = None

    _known_currency = field_validator("income_currency")(_known)

    @model_validator(mode="after")
    def _income_is_whole(self) -> "CustomerRequest":
        if self.income_currency is not None and self.income_minor is None:
            raise ValueError("income_currency needs income_minor")
        return self

    def to_applicant(self, *, allow_test_domains: bool) -> Applicant:
        """Give the applicant in the words of the use case.

        :raises BadEmail, BadPhone, BadCountry: if one of them is none
        """
        person = Person(
            email=read_email(self.email, allow_test_domains=allow_test_domains),
            phone=read_phone(self.phone),
            first_name=self.first_name,
            last_name=self.last_name,
            date_of_birth=self.date_of_birth,
            gender=self.gender,
            occupation=self.occupation,
            income_minor=self.income_minor,
            income_currency=None if self.income_minor is None else self.income_currency or _DEFAULT_CURRENCY,
        )
        return Applicant(person, self.address.to_address(), self.account.to_terms() if self.account else None)


class CustomerChange(ChangeModel):
    """What is changed of a customer, names by an officer alone; what is left out stays, null takes away."""

    first_name: PersonName | None = None
    last_name: PersonName | None = None
    date_of_birth: IsoDate | None = None
    phone: Phone | None = None
    gender: Gender | None = None
    occupation: PersonName | None = None
    income_minor: IncomeMinor | None = None
    income_currency: Currency | None = None
    address: AddressRequest | None = None
    note: Note | None = None

    _known_currency = field_validator("income_currency")(_known)

    @model_validator(mode="after")
    def _stays_whole(self) -> "CustomerChange":
        if "income_currency" in self.model_fields_set and self.income_minor is None:
            raise ValueError("income_currency needs income_minor")
        for field in ("phone", "address", "first_name", "last_name", "date_of_birth"):
            if field in self.model_fields_set and getattr(self, field) is None:
                raise ValueError(f"{field} may not be taken away")
        return self

    def to_fields(self) -> dict[str, object]:
        """Give what is to change, by column.

        :raises BadPhone: if the phone number is none
        """
        sent = self.model_fields_set
        wanted: dict[str, object] = {f: getattr(self, f) for f in ("gender", "occupation") if f in sent}
        wanted.update({f: getattr(self, f) for f in ("first_name", "last_name", "date_of_birth") if f in sent})
        if self.phone is not None:
            wanted["phone"] = read_phone(self.phone)
        if "income_minor" in sent:
            currency = None if self.income_minor is None else self.income_currency or _DEFAULT_CURRENCY
            wanted |= {"income_minor": self.income_minor, "income_currency": currency}
        return wanted


class AddressAnswer(Answer):
    """Where a customer lives."""

    street: str
    city: str
    state: str
    postal_code: str
    country: str


class CustomerAnswer(Answer):
    """A customer; `masked` names the fields that are not shown as they are."""

    id: str
    user_id: str | None
    email: str
    phone: str
    first_name: str
    last_name: str
    date_of_birth: str
    gender: str | None
    occupation: str | None
    income_minor: int | None
    income_currency: str | None
    address: AddressAnswer | None
    branch_id: str
    kyc_state: str
    kyc_level: int
    status: str
    created_at: str
    updated_at: str
    version: int
    masked: tuple[str, ...] = ()

    @classmethod
    def of(cls, view: CustomerView, *, masked: bool) -> Self:
        """Give a customer as they are, or masked: `POST /customers/{id}/unmask` shows the rest, for a reason."""
        if not masked:
            return cls.model_validate(view)
        return cls(**asdict(masked_customer(view)), masked=MASKED)


class KycCounts(Answer):
    """How many customers are known how well."""

    applied: int = 0
    verifying: int = 0
    verified: int = 0
    rejected: int = 0


class CustomerList(ListAnswer[CustomerAnswer]):
    """A page of customers, oldest first. E-mail addresses and phone numbers are masked: a list is no address book."""

    @classmethod
    def of(cls, rows: Sequence[CustomerView], following: str | None, *, masked: bool) -> Self:
        """Give a page in the form staff see; `masked` hides more than how to reach them."""
        items = [CustomerAnswer.of(one, masked=masked) for one in rows]
        for one in items if not masked else ():
            one.email, one.phone, one.masked = mask_email(one.email), mask_phone(one.phone), ("email", "phone")
        return cls(items=items, next=following)


class ConfirmEmailAnswer(Answer):
    """What everybody is told where addresses are confirmed: look into the mailbox."""

    status: Literal["confirm-email"]


class RegistrationAnswer(Answer):
    """A new customer, their login, and their first account if they asked for one."""

    customer: CustomerAnswer
    user_id: str
    account: AccountAnswer | None


class ContactAnswer(Answer):
    """How to address a customer, for other services."""

    customer_id: str
    user_id: str
    email: str
    first_name: str
    last_name: str
    language: str
