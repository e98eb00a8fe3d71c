"""Reading customers."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlmodel import Session, col, select

from services.accounts.domain.customer import Address, CustomerNotFound, CustomerStatus
from services.accounts.domain.views import AddressView, CustomerView, EditView
from services.accounts.store.tables import AccountOwnerRow, AddressRow, CustomerEditRow, CustomerRow
from shared.clock import format_time


def active_customer(session: Session, customer_id: str) -> CustomerRow:
    """Give a customer whose registration is complete.

    :raises CustomerNotFound: if there is none
    """
    found = session.get(CustomerRow, customer_id)
    if found is None or found.status != CustomerStatus.ACTIVE:
        raise CustomerNotFound
    return found


def customer_by_email(session: Session, email: str) -> CustomerRow | None:
    """Give the customer row that holds an e-mail address, in whatever state."""
    return session.exec(select(CustomerRow).where(CustomerRow.email == email)).first()


def phone_is_taken(session: Session, *, phone: str, by_other_than: str | None) -> bool:
    """Tell whether another customer, or one about to be, has this phone number."""
    query = select(CustomerRow.id).where(
        CustomerRow.phone == phone,
        CustomerRow.status != CustomerStatus.ABANDONED,
        CustomerRow.id != (by_other_than or ""),
    )
    return session.exec(query).first() is not None


def present_address(session: Session, customer_id: str) -> Address | None:
    """Give the newest address of a customer."""
    newest = session.exec(
        select(AddressRow).where(AddressRow.customer_id == customer_id).order_by(col(AddressRow.id).desc()).limit(1)
    ).first()
    if newest is None:
        return None
    return Address(newest.street, newest.city, newest.state, newest.postal_code, newest.country)


def customer_view(session: Session, row: CustomerRow) -> CustomerView:
    """Give a customer in the form the API shows."""
    address = present_address(session, row.id)
    return CustomerView(
        id=row.id,
        user_id=row.user_id,
        email=row.email,
        phone=row.phone,
        first_name=row.first_name,
        last_name=row.last_name,
        date_of_birth=row.date_of_birth.isoformat(),
        gender=row.gender,
        occupation=row.occupation,
        income_minor=row.income_minor,
        income_currency=row.income_currency,
        address=None if address is None else AddressView(**asdict(address)),
        branch_id=row.branch_id,
        kyc_state=row.kyc_state,
        kyc_level=row.kyc_level,
        status=row.status,
        created_at=format_time(row.created_at),
        updated_at=format_time(row.updated_at),
        version=row.version,
    )


def list_customers(session: Session, *, after: str | None, limit: int) -> list[CustomerView]:
    """List active customers in the order in which they came, after one of them."""
    rows = session.exec(
        select(CustomerRow)
        .where(CustomerRow.status == CustomerStatus.ACTIVE, CustomerRow.id > (after or ""))
        .order_by(col(CustomerRow.id))
        .limit(limit)
    ).all()
    return [customer_view(session, row) for row in rows]


def customer_history(session: Session, customer_id: str, *, after: str | None, limit: int) -> list[EditView]:
    """List the edits of a customer, oldest first."""
    rows = session.exec(
        select(CustomerEditRow)
        .where(CustomerEditRow.customer_id == customer_id, CustomerEditRow.id > (after or ""))
        .order_by(col(CustomerEditRow.id))
        .limit(limit)
    ).all()
    return [EditView(r.id, r.field, r.old, r.new, r.by, r.note, format_time(r.at)) for r in rows]


def owner_names(session: Session, account_id: str) -> list[str]:
    """Give the names of an account's owners."""
    rows = session.exec(
        select(CustomerRow)
        .where(CustomerRow.id == AccountOwnerRow.customer_id, AccountOwnerRow.account_id == account_id)
        .order_by(col(CustomerRow.id))
    ).all()
    return [f"{row.first_name} {row.last_name}" for row in rows]


def lowest_kyc_level(session: Session, account_id: str) -> int:
    """Give the lowest KYC level among an account's owners."""
    levels = session.exec(
        select(CustomerRow.kyc_level).where(
            CustomerRow.id == AccountOwnerRow.customer_id, AccountOwnerRow.account_id == account_id
        )
    )
    return min(levels, default=0)


def customers_snapshot(session: Session) -> Sequence[dict[str, Any]]:
    """List what facts have told of customers: ids only."""
    rows = session.exec(
        select(CustomerRow).where(CustomerRow.status == CustomerStatus.ACTIVE).order_by(col(CustomerRow.id))
    ).all()
    return [{"customer_id": r.id, "user_id": r.user_id, "branch_id": r.branch_id} for r in rows]
