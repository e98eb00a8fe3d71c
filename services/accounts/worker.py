"""The Celery door of accounts: brings contracts to the ledger and ends registrations that were cut off.

One machine: `celery -A services.accounts.worker:app worker --pool=threads -c 2 --beat-inside -Q accounts`.
"""

from functools import partial

from services.accounts.clients.identity import IdentityClient
from services.accounts.clients.transactions import LedgerClient
from services.accounts.settings import AccountsSettings
from services.accounts.store.life_store import PUSH_CONTRACT
from services.accounts.store.tables import PLUMBING
from services.accounts.tasks.complete_registration import run_complete_registration
from services.accounts.tasks.execute_approved import run_execute_approved
from services.accounts.tasks.execute_cosigned import run_execute_cosigned
from services.accounts.tasks.follow_email import run_follow_email
from services.accounts.tasks.push_contract import run_push_contract
from services.accounts.use_cases.apply_due_terms import apply_due_terms
from services.accounts.use_cases.begin_registration import COMPLETE_REGISTRATION
from services.accounts.use_cases.decide_approval import EXECUTE_APPROVED
from services.accounts.use_cases.expire_approvals import expire_approvals
from services.accounts.use_cases.expire_cosignatures import expire_cosignatures
from services.accounts.use_cases.follow_email import FOLLOW_EMAIL
from services.accounts.use_cases.set_own_limits import apply_due_limits
from services.accounts.use_cases.sign_cosignature import EXECUTE_COSIGNED
from shared.clients.http import ServiceClient
from shared.clients.tokens import ServiceTokenSource
from shared.settings import load
from shared.store.engine import Store
from shared.store.schema import check_version
from shared.worker.app import Every, create_worker

_MAX_TRIES = 10_000
"""About ten days at two minutes each: a saga does not give up because a neighbour is away for a night."""
_TERMS_SECONDS = 20.0
_EXPIRY_SECONDS = 60.0

settings = load(AccountsSettings)
_tokens = ServiceTokenSource(settings)


def open_store() -> Store:
    """Open the store of this process.

    :raises FaultAtStart: if it is not as this code needs it
    """
    store = Store(settings.store_url, service=settings.service, plumbing=PLUMBING)
    check_version(store)
    return store


app = create_worker(
    settings,
    store_factory=open_store,
    handlers={
        PUSH_CONTRACT: partial(
            run_push_contract, ledger=LedgerClient(ServiceClient(settings, "transactions", _tokens))
        ),
        EXECUTE_APPROVED: partial(
            run_execute_approved, ledger=LedgerClient(ServiceClient(settings, "transactions", _tokens))
        ),
        EXECUTE_COSIGNED: partial(
            run_execute_cosigned, ledger=LedgerClient(ServiceClient(settings, "transactions", _tokens))
        ),
        COMPLETE_REGISTRATION: partial(
            run_complete_registration,
            identity=IdentityClient(ServiceClient(settings, "identity", _tokens)),
            verified_at_once=settings.is_sandbox,
        ),
        FOLLOW_EMAIL: partial(run_follow_email, identity=IdentityClient(ServiceClient(settings, "identity", _tokens))),
    },
    schedule={
        "apply-due-terms": Every(_TERMS_SECONDS, apply_due_terms),
        "apply-due-limits": Every(_TERMS_SECONDS, apply_due_limits),
        "expire-approvals": Every(_EXPIRY_SECONDS, expire_approvals),
        "expire-cosignatures": Every(_EXPIRY_SECONDS, expire_cosignatures),
    },
    max_tries=_MAX_TRIES,
)
