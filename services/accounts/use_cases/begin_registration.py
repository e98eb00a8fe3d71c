"""Begin to register a customer: the person is written as `pending` until the login exists.

Who: anyone. Rule: `domain/customer.py`. A registration that was cut off is resumed under its own customer id.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlmodel import Session

from services.accounts.domain.customer import Address, AlreadyRegistered, CustomerStatus, Person
from services.accounts.store.answer_store import RequestKey, Settled, find_decided, take_key
from services.accounts.store.customer_queries import customer_by_email, phone_is_taken
from services.accounts.store.customer_store import save_address, save_applicant
from services.accounts.store.tables import CustomerRow
from services.accounts.use_cases.begin_opening import AccountTerms, check_terms
from shared.clock import bank_now, now
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.jobs import enqueue_job

COMPLETE_REGISTRATION = "complete_registration"
_REQUEST_SECONDS = 60
"""After this long the request that began a registration is surely over, and the worker ends what it left."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks to become a customer, and the account they want with it."""

    person: Person
    address: Address
    account: AccountTerms | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """A registration under way; `attempt` tells a resumed one from the one before."""

    customer_id: str
    branch_id: str
    attempt: int
    is_active: bool = False


def begin_registration(store: Store, *, applicant: Applicant, request: RequestKey | None) -> Begun | Settled:
    """Write the applicant as pending and give their id, or give the answer that this request had before.

    :raises AlreadyRegistered: if the e-mail address or the phone number is a customer's
    :raises UnknownProduct, CurrencyNotOffered, UnknownBranch: if the wanted account is none of the bank's
    """
    with store.write() as session:
        decided = find_decided(session, request) if request is not None else None
        if isinstance(decided, Settled):
            return decided
        if decided is not None:
            row = session.get_one(CustomerRow, decided)
            if row.status == CustomerStatus.ACTIVE and _is_row_of(row, applicant.person):
                return Begun(row.id, row.branch_id, row.version, is_active=True)
        if applicant.account is not None:
            check_terms(session, terms=applicant.account, by_staff=False)
        row = _write(session, applicant)
        if request is not None and decided is None:
            take_key(session, request, object_id=row.id)
        return Begun(row.id, row.branch_id, row.version)


def _is_row_of(row: CustomerRow, person: Person) -> bool:
    """Tell whether a row holds just what the applicant said; it may have become somebody else's registration."""
    return all(getattr(row, name) == value for name, value in asdict(person).items())


def _write(session: Session, applicant: Applicant) -> CustomerRow:
    found = customer_by_email(session, applicant.person.email)
    if found is not None and found.status == CustomerStatus.ACTIVE:
        raise AlreadyRegistered
    if phone_is_taken(session, phone=applicant.person.phone, by_other_than=found.id if found else None):
        raise AlreadyRegistered
    at = bank_now()
    row = save_applicant(session, found, person=applicant.person, at=at)
    save_address(session, row.id, address=applicant.address, at=at)
    enqueue_job(
        session,
        kind=COMPLETE_REGISTRATION,
        unique_key=f"{row.id}:{row.version}",
        payload={
            "customer_id": row.id,
            "attempt": row.version,
            "account": asdict(applicant.account) if applicant.account else None,
        },
        run_after=now() + timedelta(seconds=_REQUEST_SECONDS),
    )
    record_audit(
        session,
        caller=Caller.anonymous(),
        command="begin-registration",
        subject_type="customer",
        subject_id=row.id,
        after={"status": row.status, "attempt": row.version},
    )
    return row
