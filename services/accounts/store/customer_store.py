"""Writing customers, inside the transaction of a use case."""

from datetime import date, datetime

from sqlmodel import Session

from services.accounts.domain.branch import MAIN_BRANCH_ID
from services.accounts.domain.customer import Address, CustomerStatus, KycState, Person
from services.accounts.domain.edit import FieldChange
from services.accounts.store.customer_queries import present_address
from services.accounts.store.tables import AddressRow, CustomerEditRow, CustomerRow
from shared.ids import new_id


def save_applicant(session: Session, found: CustomerRow | None, *, person: Person, at: datetime) -> CustomerRow:
    """Write a pending customer, or write over one whose registration never ended; gives the row."""
    row = found or CustomerRow(
        id=new_id(),
        email=person.email,
        phone=person.phone,
        first_name="",
        last_name="",
        date_of_birth=person.date_of_birth,
        branch_id=MAIN_BRANCH_ID,
        kyc_state=KycState.APPLIED,
        kyc_level=0,
        status=CustomerStatus.PENDING,
        created_at=at,
        updated_at=at,
        version=0,
    )
    row.phone = person.phone
    row.first_name = person.first_name
    row.last_name = person.last_name
    row.date_of_birth = person.date_of_birth
    row.gender = person.gender
    row.occupation = person.occupation
    row.income_minor = person.income_minor
    row.income_currency = person.income_currency
    row.status = CustomerStatus.PENDING
    row.updated_at = at
    row.version += 1
    session.add(row)
    session.flush()
    return row


def save_address(
    session: Session,
    customer_id: str,
    *,
    address: Address,
    at: datetime,
    kind: str = "home",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> None:
    """Make an address the present one of its kind; the earlier ones stay."""
    if kind == "home" and valid_from is None and present_address(session, customer_id) == address:
        return
    session.add(
        AddressRow(
            type=kind,
            valid_from=valid_from,
            valid_until=valid_until,
            id=new_id(),
            customer_id=customer_id,
            street=address.street,
            city=address.city,
            state=address.state,
            postal_code=address.postal_code,
            country=address.country,
            created_at=at,
        )
    )
    session.flush()


def add_customer_edits(
    session: Session, customer_id: str, *, changes: list[FieldChange], by: str, note: str | None, at: datetime
) -> None:
    """Write an edit into the history, field by field."""
    for change in changes:
        session.add(
            CustomerEditRow(
                id=new_id(),
                customer_id=customer_id,
                field=change.field,
                old=_plain(change.old),
                new=_plain(change.new),
                by=by,
                note=note,
                at=at,
            )
        )


def _plain(value: object) -> object:
    """Write a day as text; the history is JSON."""
    return value.isoformat() if isinstance(value, date) else value
