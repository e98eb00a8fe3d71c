"""Reading customers."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session, col, func, or_, select

from services.accounts.domain.branch import branch_scope
from services.accounts.domain.customer import Address, CustomerNotFound, CustomerStatus
from services.accounts.domain.views import AddressView, CustomerView, EditView
from services.accounts.store.tables import (
    AccountOwnerRow,
    AccountRow,
    AddressRow,
    CustomerEditRow,
    CustomerNoteRow,
    CustomerRow,
)
from shared.clock import format_time
from shared.contracts.caller import Caller
from shared.observability.context import looked_at


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom staff look for; what is None does not matter. Words of the name may stand in any order."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    account_number: str | None = None


def active_customer(session: Session, customer_id: str) -> CustomerRow:
    """Give a customer whose registration is complete.

    :raises CustomerNotFound: if there is none
    """
    found = session.get(CustomerRow, customer_id)
    if found is None or found.status != CustomerStatus.ACTIVE:
        raise CustomerNotFound
    return found


def visible_customer(session: Session, customer_id: str, *, caller: Caller) -> CustomerRow:
    """Give a customer that the caller may see: a customer themself, staff those of their branch, overseers any.

    :raises CustomerNotFound: if there is none, or not for the caller, alike
    """
    row = reachable_customer(session, customer_id, caller=caller)
    looked_at(row.id)
    return row


def reachable_customer(session: Session, customer_id: str, *, caller: Caller) -> CustomerRow:
    """Give a customer as `visible_customer` does, to whom nothing of them is shown: it is no look.

    :raises CustomerNotFound: if there is none, or not for the caller, alike
    """
    if not caller.is_staff and caller.customer_id != customer_id:
        raise CustomerNotFound
    row, scope = active_customer(session, customer_id), branch_scope(caller)
    if scope is not None and not belongs_to(session, row, scope):
        raise CustomerNotFound
    return row


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


def address_rows(session: Session, customer_id: str) -> Sequence[AddressRow]:
    """List all addresses a customer has or had, oldest first."""
    query = select(AddressRow).where(AddressRow.customer_id == customer_id)
    return session.exec(query.order_by(col(AddressRow.id))).all()


def note_rows(session: Session, customer_id: str, *, after: str | None, limit: int) -> Sequence[CustomerNoteRow]:
    """List the notes on a customer, oldest first."""
    query = select(CustomerNoteRow).where(
        CustomerNoteRow.customer_id == customer_id, CustomerNoteRow.id > (after or "")
    )
    return session.exec(query.order_by(col(CustomerNoteRow.id)).limit(limit)).all()


def kyc_edits(session: Session, customer_id: str) -> Sequence[CustomerEditRow]:
    """List the steps of knowing a customer, oldest first."""
    query = select(CustomerEditRow).where(
        CustomerEditRow.customer_id == customer_id, col(CustomerEditRow.field).in_(("kyc_state", "kyc_level"))
    )
    return session.exec(query.order_by(col(CustomerEditRow.id))).all()


def present_address(session: Session, customer_id: str) -> Address | None:
    """Give where a customer lives: the newest home address."""
    newest = session.exec(
        select(AddressRow)
        .where(AddressRow.customer_id == customer_id, AddressRow.type == "home")
        .order_by(col(AddressRow.id).desc())
        .limit(1)
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


def list_customers(
    session: Session,
    *,
    after: str | None,
    limit: int,
    branch_id: str | None = None,
    sought: Sought | None = None,
    kyc_states: Collection[str] = (),
) -> list[CustomerView]:
    """List active customers in the order in which they came: after one of them, of a branch, or who are sought.

    `kyc_states` narrows to those who are known like that.
    """
    query = select(CustomerRow).where(CustomerRow.status == CustomerStatus.ACTIVE, CustomerRow.id > (after or ""))
    if kyc_states:
        query = query.where(col(CustomerRow.kyc_state).in_(kyc_states))
    if branch_id is not None:
        query = query.where(_of_branch(branch_id))
    if sought is not None:
        query = query.where(*_fits(sought))
    rows = session.exec(query.order_by(col(CustomerRow.id)).limit(limit)).all()
    return [customer_view(session, row) for row in rows]


def count_kyc_states(session: Session, *, branch_id: str | None) -> dict[str, int]:
    """Count active customers, of a branch or all, by how far the bank has come in knowing them."""
    query = select(CustomerRow.kyc_state, func.count()).where(CustomerRow.status == CustomerStatus.ACTIVE)
    if branch_id is not None:
        query = query.where(_of_branch(branch_id))
    return {state: int(count) for state, count in session.exec(query.group_by(CustomerRow.kyc_state))}


def _of_branch(branch_id: str) -> Any:
    return or_(CustomerRow.branch_id == branch_id, col(CustomerRow.id).in_(_with_account_in(branch_id)))


def _with_account_in(branch_id: str) -> Any:
    of_branch = select(AccountOwnerRow.customer_id).join(AccountRow, col(AccountRow.id) == AccountOwnerRow.account_id)
    return of_branch.where(AccountRow.branch_id == branch_id)


def belongs_to(session: Session, customer: CustomerRow, branch_id: str) -> bool:
    """Tell whether a customer is of a branch: by themself, or by an account there."""
    if customer.branch_id == branch_id:
        return True
    query = select(CustomerRow.id).where(
        CustomerRow.id == customer.id, col(CustomerRow.id).in_(_with_account_in(branch_id))
    )
    return session.exec(query).first() is not None


def _fits(sought: Sought) -> list[Any]:
    conditions: list[Any] = []
    for word in (sought.name or "").lower().split():
        like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        first, last = func.lower(CustomerRow.first_name), func.lower(CustomerRow.last_name)
        conditions.append(or_(first.like(like, escape="\\"), last.like(like, escape="\\")))
    if sought.phone is not None:
        conditions.append(CustomerRow.phone == sought.phone)
    if sought.email is not None:
        conditions.append(CustomerRow.email == sought.email)
    if sought.account_number is not None:
        owners = select(AccountOwnerRow.customer_id).join(AccountRow, col(AccountRow.id) == AccountOwnerRow.account_id)
        conditions.append(col(CustomerRow.id).in_(owners.where(AccountRow.account_number == sought.account_number)))
    return conditions


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
