"""What is done with customers beyond their own details: search, knowing them, addresses, notes."""

from datetime import date

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from services.accounts.api.customer_schemas import CustomerList
from services.accounts.api.dependencies import Masked, SettingsDep, StoreDep
from services.accounts.api.people_schemas import (
    AddressHistoryAnswer,
    AddressHistoryList,
    KycAnswer,
    KycRequest,
    KycStepAnswer,
    NewAddressRequest,
    NoteAnswer,
    NoteList,
    NoteRequest,
    SearchRequest,
)
from services.accounts.domain.branch import branch_scope
from services.accounts.domain.customer import (
    BadCountry,
    BadEmail,
    BadPhone,
    BadValidity,
    CustomerNotFound,
    KycIncomplete,
    KycStep,
)
from services.accounts.domain.iban import BadAccountNumber
from services.accounts.domain.masking import HIDDEN_OF_ADDRESS
from services.accounts.store.customer_queries import (
    active_customer,
    address_rows,
    kyc_edits,
    list_customers,
    note_rows,
    visible_customer,
)
from services.accounts.use_cases.add_address import add_address
from services.accounts.use_cases.decide_kyc import decide_kyc
from services.accounts.use_cases.note_customer import note_customer
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.observability.context import looked_at
from shared.web.dependencies import CurrentCaller, OptionalIdempotencyKey, Page
from shared.web.idempotent import answer_once
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/customers", tags=["customers"])


@router.post("/search", response_model=CustomerList, responses=problems(BadPhone, BadEmail, BadAccountNumber))
def search_customers(
    body: SearchRequest,
    caller: CurrentCaller,
    store: StoreDep,
    settings: SettingsDep,
    page: Page,
    masked: Masked,
) -> CustomerList:
    """Look for customers by name, phone, e-mail address or account number (staff; those of their branch)."""
    sought, scope = body.to_sought(allow_test_domains=settings.is_sandbox), branch_scope(caller)
    with store.read() as session:
        rows = list_customers(session, after=page.after, limit=page.limit + 1, branch_id=scope, sought=sought)
    items, following = page.cut(rows, lambda customer: customer.id)
    looked_at(*(one.id for one in items))
    return CustomerList.of(items, following, masked=masked)


@router.get("/{customer_id}/kyc", response_model=KycAnswer, responses=problems(CustomerNotFound))
def read_kyc(customer_id: str, caller: CurrentCaller, store: StoreDep) -> KycAnswer:
    """Read how far the bank knows a customer, and how it came there."""
    with store.read() as session:
        visible_customer(session, _id_of(customer_id, caller), caller=caller)
        return _kyc(session, _id_of(customer_id, caller))


@router.post(
    "/{customer_id}/kyc", response_model=KycAnswer, responses=problems(CustomerNotFound, KycStep, KycIncomplete)
)
def step_kyc(
    customer_id: str,
    body: KycRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Take the next step of knowing a customer (officer). The level caps the limits of all their accounts."""

    def command(session: Session) -> KycAnswer:
        visible_customer(session, customer_id, caller=caller)
        decide_kyc(
            session,
            caller=caller,
            customer_id=customer_id,
            state=body.kyc_state,
            level=body.kyc_level,
            reason=body.reason,
        )
        return _kyc(session, customer_id)

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=200, command=command)


@router.get("/{customer_id}/addresses", response_model=AddressHistoryList, responses=problems(CustomerNotFound))
def read_addresses(customer_id: str, caller: CurrentCaller, store: StoreDep, masked: Masked) -> AddressHistoryList:
    """Read all addresses a customer has and had; `me` is yourself."""
    with store.read() as session:
        visible_customer(session, _id_of(customer_id, caller), caller=caller)
        return addresses_of(session, _id_of(customer_id, caller), masked=masked)


@router.post(
    "/{customer_id}/addresses",
    status_code=201,
    response_model=AddressHistoryList,
    responses=problems(CustomerNotFound, BadCountry, BadValidity),
)
def new_address(
    customer_id: str,
    body: NewAddressRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    masked: Masked,
    key: OptionalIdempotencyKey,
) -> Response:
    """Add an address of a kind: the present one from its day on. `me` is yourself."""
    whose, address = _id_of(customer_id, caller), body.to_address()

    def command(session: Session) -> AddressHistoryList:
        visible_customer(session, whose, caller=caller)
        add_address(
            session,
            caller=caller,
            customer_id=whose,
            kind=body.type,
            address=address,
            valid_from=body.valid_from,
            valid_until=body.valid_until,
        )
        return addresses_of(session, whose, masked=masked)

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=201, command=command)


@router.get("/{customer_id}/notes", response_model=NoteList, responses=problems(CustomerNotFound))
def read_notes(customer_id: str, caller: CurrentCaller, store: StoreDep, page: Page) -> NoteList:
    """Read what staff wrote down about a customer (staff)."""
    with store.read() as session:
        visible_customer(session, customer_id, caller=caller)
        rows = note_rows(session, customer_id, after=page.after, limit=page.limit + 1)
    items, following = page.cut(rows, lambda row: row.id)
    return NoteList(items=[NoteAnswer.model_validate(one) for one in items], next=following)


@router.post("/{customer_id}/notes", status_code=201, response_model=NoteAnswer, responses=problems(CustomerNotFound))
def add_note(
    customer_id: str,
    body: NoteRequest,
    request: Request,
    caller: CurrentCaller,
    store: StoreDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Write down something about a customer (staff)."""

    def command(session: Session) -> NoteAnswer:
        visible_customer(session, customer_id, caller=caller)
        return NoteAnswer.model_validate(note_customer(session, caller=caller, customer_id=customer_id, text=body.text))

    return answer_once(store, caller=caller, request=request, key=key, body=body, status=201, command=command)


def _id_of(customer_id: str, caller: Caller) -> str:
    return str(caller.customer_id) if customer_id == "me" else customer_id


def _kyc(session: Session, customer_id: str) -> KycAnswer:
    row = active_customer(session, customer_id)
    history = [KycStepAnswer.model_validate(edit) for edit in kyc_edits(session, customer_id)]
    return KycAnswer(customer_id=customer_id, kyc_state=row.kyc_state, kyc_level=row.kyc_level, history=history)


def addresses_of(session: Session, customer_id: str, *, masked: bool) -> AddressHistoryList:
    """Show addresses with the days they hold; the next one of a kind ends the one before."""
    rows, today = address_rows(session, customer_id), bank_now().date()
    following: dict[str, date] = {}
    items: list[AddressHistoryAnswer] = []
    for row in reversed(rows):
        first = row.valid_from or row.created_at.date()
        ends = [day for day in (row.valid_until, following.get(row.type)) if day is not None]
        until = min(ends, default=None)
        following[row.type] = min(first, following.get(row.type, first))
        present = first <= today and (until is None or today < until)
        what = row.model_dump(exclude={"customer_id", "created_at", "valid_from", "valid_until"})
        if masked:
            what |= HIDDEN_OF_ADDRESS
        items.append(AddressHistoryAnswer(**what, valid_from=first, valid_until=until, present=present))
    return AddressHistoryList(items=items[::-1])
