"""Register a customer: a saga between this store, identity and the ledger.

1. write the person as `pending`, with a job that ends what is cut off (`begin_registration`)
2. make the login in identity, idempotently by customer id; the password passes through and is kept nowhere
3. make the customer `active` and write the wanted account as `opening` (`activate_customer`)
4. push the account's contract to the ledger, or leave it to the worker (`push_contract`)
5. answer; decide the answer under the request's key, if it had one

Who: anyone. Says: `CustomerRegistered`, `AccountOpened`. Until step 3 nobody sees the customer.
Registrations of one e-mail address take turns: the password that identity keeps must be that of the one answered 201.
"""

import json
from dataclasses import asdict

from sqlmodel import Session

from services.accounts.clients.identity import IdentityClient
from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.customer import Person
from services.accounts.store.account_queries import account_row, account_view
from services.accounts.store.answer_store import RequestKey, Settled, decide_answer
from services.accounts.store.customer_queries import active_customer, customer_view
from services.accounts.store.turns import take_turn
from services.accounts.use_cases.abandon_registration import abandon_registration
from services.accounts.use_cases.activate_customer import activate_customer, first_account_id
from services.accounts.use_cases.answer_change import push_or_leave_to_worker
from services.accounts.use_cases.begin_registration import Applicant, Begun, begin_registration
from shared.errors import Refusal
from shared.store.engine import Store


def register_customer(
    store: Store,
    identity: IdentityClient,
    ledger: LedgerClient,
    *,
    applicant: Applicant,
    password: str,
    verified_at_once: bool,
    request: RequestKey | None = None,
) -> Settled:
    """Register a customer and give the answer 201 `{customer,user_id,account}`; no account before they are verified.

    :raises Refusal: as `begin_registration`, `IdentityClient.make_login`
    :raises Unavailable: if identity does not answer; nothing is to be seen then, and a repeat resumes
    """
    with take_turn(store, applicant.person.email):
        begun = begin_registration(store, applicant=applicant, request=request)
        if isinstance(begun, Settled):
            return begun
        if not begun.is_active:
            activate_customer(
                store,
                customer_id=begun.customer_id,
                attempt=begun.attempt,
                user_id=_make_login(store, identity, begun=begun, person=applicant.person, password=password),
                account=applicant.account,
                verified_at_once=verified_at_once,
            )
        account_id = first_account_id(begun.customer_id) if applicant.account and verified_at_once else None
        if account_id is not None:
            push_or_leave_to_worker(store, ledger, account_id=account_id)
        if request is None:
            with store.read() as session:
                return Settled(201, json.dumps(_answer(session, begun.customer_id, account_id), ensure_ascii=False))
        with store.write() as session:
            return decide_answer(session, request, status=201, body=_answer(session, begun.customer_id, account_id))


def _make_login(store: Store, identity: IdentityClient, *, begun: Begun, person: Person, password: str) -> str:
    try:
        return identity.make_login(
            customer_id=begun.customer_id,
            email=person.email,
            password=password,
            branch_id=begun.branch_id,
            names=(person.first_name, person.last_name),
        )
    except Refusal:
        # A no is for good: the phone number must not stay taken until the worker comes by.
        abandon_registration(store, customer_id=begun.customer_id, attempt=begun.attempt)
        raise


def _answer(session: Session, customer_id: str, account_id: str | None) -> dict[str, object]:
    customer = customer_view(session, active_customer(session, customer_id))
    account = account_view(session, account_row(session, account_id)) if account_id else None
    return {
        "customer": asdict(customer),
        "user_id": customer.user_id,
        "account": asdict(account) if account else None,
    }
