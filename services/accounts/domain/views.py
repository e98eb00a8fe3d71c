"""The shapes in which customers and accounts leave this service; their JSON form is kept as an idempotent answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as the API shows it; `account_number` is an IBAN without spaces, times are RFC 3339."""

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


@dataclass(frozen=True, slots=True)
class AddressView:
    """A customer's present address."""

    street: str
    city: str
    state: str
    postal_code: str
    country: str


@dataclass(frozen=True, slots=True)
class CustomerView:
    """A customer as the API shows it; income in minor units a year."""

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
    address: AddressView | None
    branch_id: str
    kyc_state: str
    kyc_level: int
    status: str
    created_at: str
    updated_at: str
    version: int


@dataclass(frozen=True, slots=True)
class EditView:
    """One field of one edit."""

    id: str
    field: str
    old: object
    new: object
    by: str
    note: str | None
    at: str
