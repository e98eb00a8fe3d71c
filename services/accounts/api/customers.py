"""Customers over HTTP: register, read, list, change, history."""

import time
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.accounts.api.customer_schemas import (
    ConfirmEmailAnswer,
    CustomerAnswer,
    CustomerChange,
    CustomerList,
    CustomerRequest,
    KycCounts,
    KycName,
    RegistrationAnswer,
)
from services.accounts.api.dependencies import (
    Confirmation,
    IdentityDep,
    LedgerDep,
    Masked,
    SettingsDep,
    StoreDep,
    request_key,
    settled_response,
)
from services.accounts.api.schemas import EditAnswer, EditList
from services.accounts.domain.branch import UnknownBranch, branch_scope
from services.accounts.domain.customer import (
    AlreadyRegistered,
    BadCountry,
    BadDateOfBirth,
    BadEmail,
    BadPhone,
    CustomerNotFound,
    PasswordRefused,
    ProofNeeded,
    TooYoung,
    check_age,
)
from services.accounts.domain.edit import VersionMismatch
from services.accounts.domain.masking import masked_edit
from services.accounts.domain.product import CurrencyNotOffered, UnknownProduct
from services.accounts.domain.views import CustomerView
from services.accounts.settings import AccountsSettings
from services.accounts.store.customer_queries import (
    active_customer,
    count_kyc_states,
    customer_history,
    customer_view,
    list_customers,
    visible_customer,
)
from services.accounts.use_cases.edit_customer import UsedStepUp, edit_customer
from services.accounts.use_cases.register_customer import register_customer
from services.accounts.use_cases.register_unseen import register_unseen
from services.accounts.use_cases.unfreeze_account import Confirm
from shared.clients.step_up import StepUpRequired, StepUpSubject
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.errors import Unavailable
from shared.ids import derived_id
from shared.observability.context import looked_at
from shared.store.engine import Store
from shared.web.dependencies import CurrentCaller, ExpectedVersion, OptionalIdempotencyKey, Page, PageRequest, etag
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/customers", tags=["customers"])
CHANGE_PHONE = "change-phone"
"""The action that a step-up token has to approve, with the customer as payer and the new number as payee."""
_CHANGE_REFUSALS = (
    CustomerNotFound, VersionMismatch, AlreadyRegistered, BadPhone, BadCountry, ProofNeeded, StepUpRequired,
)  # fmt: skip
ALIKE_SECONDS = 0.5
"""How long each registration takes at least where everybody is answered alike."""


@router.post(
    "",
    status_code=201,
    response_model=RegistrationAnswer,
    responses={
        202: {"model": ConfirmEmailAnswer, "description": "Where e-mail addresses are confirmed: the same for all."},
        **problems(
            AlreadyRegistered,
            BadEmail,
            BadPhone,
            BadCountry,
            BadDateOfBirth,
            TooYoung,
            PasswordRefused,
            UnknownProduct,
            UnknownBranch,
            CurrencyNotOffered,
            Unavailable,
        ),
    },
)
def create_customer(
    body: CustomerRequest,
    request: Request,
    settings: SettingsDep,
    store: StoreDep,
    identity: IdentityDep,
    ledger: LedgerDep,
    key: OptionalIdempotencyKey,
) -> Response:
    """Become a customer: makes the login and, if asked for, the first account. Repeat it if it was cut off.

    Where e-mail addresses are confirmed (not in the sandbox) everybody is answered 202 and gets a mail.
    """
    began = time.monotonic()
    check_age(date_of_birth=body.date_of_birth, today=bank_now().date())
    applicant = body.to_applicant(allow_test_domains=settings.is_sandbox)
    # Nobody is logged in yet, so a key belongs to the address that registers and to no other.
    principal = f"applicant:{derived_id('applicant', applicant.person.email)}"
    saga_key = None if key is None else request_key(request, principal=principal, key=key, body=body)
    password = body.password.get_secret_value()
    if settings.confirms_email:
        settled = register_unseen(store, identity, ledger, applicant=applicant, password=password, request=saga_key)
        # How long it took would tell what the answer does not.
        time.sleep(max(0.0, ALIKE_SECONDS - (time.monotonic() - began)))
        return settled_response(settled)
    settled = register_customer(
        store,
        identity,
        ledger,
        applicant=applicant,
        password=password,
        verified_at_once=settings.is_sandbox,
        request=saga_key,
    )
    return settled_response(settled)


@router.get("", response_model=CustomerList)
def read_customers(
    caller: CurrentCaller,
    store: StoreDep,
    page: Page,
    masked: Masked,
    kyc_state: Annotated[list[KycName] | None, Query(max_length=4)] = None,
) -> CustomerList:
    """List customers (staff; those of their branch, overseers all); `kyc_state`, once or more, narrows."""
    scope, states = branch_scope(caller), kyc_state or ()
    with store.read() as session:
        rows = list_customers(session, after=page.after, limit=page.limit + 1, branch_id=scope, kyc_states=states)
    items, following = page.cut(rows, lambda customer: customer.id)
    looked_at(*(one.id for one in items))
    return CustomerList.of(items, following, masked=masked)


@router.get("/kyc-counts", response_model=KycCounts)
def read_kyc_counts(caller: CurrentCaller, store: StoreDep) -> KycCounts:
    """Count customers (staff; those of their branch, overseers all) by how far the bank has come in knowing them."""
    with store.read() as session:
        return KycCounts(**count_kyc_states(session, branch_id=branch_scope(caller)))


@router.get("/me", response_model=CustomerAnswer, responses=problems(CustomerNotFound))
def read_own_customer(caller: CurrentCaller, store: StoreDep, response: Response) -> CustomerView:
    """Read your own details."""
    return _read(store, caller, _own(caller), response)


@router.patch("/me", response_model=CustomerAnswer, responses=problems(*_CHANGE_REFUSALS))
def change_own_customer(
    body: CustomerChange,
    version: ExpectedVersion,
    caller: CurrentCaller,
    store: StoreDep,
    settings: SettingsDep,
    confirm: Confirmation,
    response: Response,
) -> CustomerView:
    """Change your phone number, address, occupation, gender or income. Needs the version that you saw.

    Where e-mail addresses are confirmed (not in the sandbox) a new number needs a step-up for `change-phone`.
    """
    confirmed = _confirmed(store, settings, confirm, caller, _own(caller), body)
    return _change(store, caller, _own(caller), body, version, response, confirmed)


@router.get("/me/history", response_model=EditList, responses=problems(CustomerNotFound))
def read_own_customer_history(caller: CurrentCaller, store: StoreDep, page: Page) -> EditList:
    """Read what was changed in your details."""
    return _history(store, caller, _own(caller), page)


@router.get("/{customer_id}", response_model=CustomerAnswer, responses=problems(CustomerNotFound))
def read_customer(
    customer_id: str, caller: CurrentCaller, store: StoreDep, masked: Masked, response: Response
) -> CustomerAnswer:
    """Read a customer: staff any, a customer only themself."""
    return CustomerAnswer.of(_read(store, caller, customer_id, response), masked=masked)


@router.patch("/{customer_id}", response_model=CustomerAnswer, responses=problems(*_CHANGE_REFUSALS))
def change_customer(
    customer_id: str,
    body: CustomerChange,
    version: ExpectedVersion,
    caller: CurrentCaller,
    store: StoreDep,
    settings: SettingsDep,
    confirm: Confirmation,
    masked: Masked,
    response: Response,
) -> CustomerAnswer:
    """Change a customer's details: staff anybody's, customers only their own. Needs the version that you saw."""
    with store.read() as session:
        visible_customer(session, customer_id, caller=caller)
    confirmed = _confirmed(store, settings, confirm, caller, customer_id, body)
    view = _change(store, caller, customer_id, body, version, response, confirmed)
    return CustomerAnswer.of(view, masked=masked)


@router.get("/{customer_id}/history", response_model=EditList, responses=problems(CustomerNotFound))
def read_customer_history(
    customer_id: str, caller: CurrentCaller, store: StoreDep, page: Page, masked: Masked
) -> EditList:
    """Read what was changed in a customer's details."""
    return _history(store, caller, customer_id, page, masked=masked)


def _own(caller: Caller) -> str:
    if caller.customer_id is None:
        raise CustomerNotFound
    return caller.customer_id


def _read(store: Store, caller: Caller, customer_id: str, response: Response) -> CustomerView:
    with store.read() as session:
        view = customer_view(session, visible_customer(session, customer_id, caller=caller))
    response.headers["etag"] = etag(view.version)
    return view


def _confirmed(
    store: Store, settings: AccountsSettings, confirm: Confirm, caller: Caller, customer_id: str, body: CustomerChange
) -> UsedStepUp | None:
    """Ask the customer to confirm a number that is new; what a desk changes, a desk has heard from them.

    :raises StepUpRequired: if it is not confirmed
    """
    phone = body.to_fields().get("phone")
    if phone is None or caller.is_staff or not settings.confirms_email:
        return None
    with store.read() as session:
        if active_customer(session, customer_id).phone == phone:
            return None
    subject = StepUpSubject(CHANGE_PHONE, payer=customer_id, payee=str(phone))
    return UsedStepUp(confirm(subject), subject)


def _change(
    store: Store,
    caller: Caller,
    customer_id: str,
    body: CustomerChange,
    version: int,
    response: Response,
    confirmed: UsedStepUp | None,
) -> CustomerView:
    view = edit_customer(
        store,
        caller=caller,
        customer_id=customer_id,
        seen_version=version,
        fields=body.to_fields(),
        address=body.address.to_address() if body.address else None,
        note=body.note,
        confirmed=confirmed,
    )
    response.headers["etag"] = etag(view.version)
    return view


def _history(store: Store, caller: Caller, customer_id: str, page: PageRequest, *, masked: bool = False) -> EditList:
    with store.read() as session:
        visible_customer(session, customer_id, caller=caller)
        rows = customer_history(session, customer_id, after=page.after, limit=page.limit + 1)
    items, following = page.cut(rows, lambda edit: edit.id)
    shown = [masked_edit(one) for one in items] if masked else items
    return EditList(items=[EditAnswer.model_validate(one) for one in shown], next=following)
