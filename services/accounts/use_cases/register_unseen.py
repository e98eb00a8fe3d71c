"""Register a customer where addresses are confirmed: whoever asks learns nothing about who is a customer already.

Who: anyone. What identity or `register_customer` would refuse since the person is known ends in a mail to the address
instead, and everybody is answered alike. The login is good once its address is confirmed.
"""

from services.accounts.clients.identity import IdentityClient
from services.accounts.clients.transactions import LedgerClient
from services.accounts.domain.customer import AlreadyRegistered
from services.accounts.store.answer_store import (
    RequestKey,
    Settled,
    decide_answer,
    find_decided,
    release_key,
    settled_of,
    take_key,
)
from services.accounts.use_cases.begin_registration import Applicant
from services.accounts.use_cases.register_customer import register_customer
from shared.errors import Refusal
from shared.store.engine import Store

ANSWER = {"status": "confirm-email"}
_NOBODY = "nobody"
"""What a key is bound to: its answer names no customer, whether there is one or not."""


def register_unseen(
    store: Store,
    identity: IdentityClient,
    ledger: LedgerClient,
    *,
    applicant: Applicant,
    password: str,
    request: RequestKey | None = None,
) -> Settled:
    """Register a customer, or tell the owner of the address that there is one; give 202 `{status}` in both cases.

    :raises Refusal: if something is wrong with what was sent, known or not: `PasswordRefused`, `UnknownBranch` …
    :raises Unavailable: if identity does not answer; a repeat goes on
    """
    if request is not None:
        with store.write() as session:
            decided = find_decided(session, request)
            if decided is None:
                take_key(session, request, object_id=_NOBODY)
        if isinstance(decided, Settled):
            return decided
    try:
        _register(store, identity, ledger, applicant=applicant, password=password)
    except Refusal:
        if request is not None:
            with store.write() as session:
                release_key(session, request)
        raise
    if request is None:
        return settled_of(status=202, body=ANSWER)
    with store.write() as session:
        return decide_answer(session, request, status=202, body=ANSWER)


def _register(
    store: Store, identity: IdentityClient, ledger: LedgerClient, *, applicant: Applicant, password: str
) -> None:
    person = applicant.person
    try:
        register_customer(store, identity, ledger, applicant=applicant, password=password, verified_at_once=False)
    except AlreadyRegistered:
        identity.tell_known(email=person.email, password=password, names=(person.first_name, person.last_name))
