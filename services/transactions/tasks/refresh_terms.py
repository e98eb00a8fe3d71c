"""The schedule that brings our copy of terms and rates up to date, beside the facts that do so at once."""

import structlog

from services.transactions.clients.accounts import AccountsClient
from services.transactions.use_cases.take_terms import take_terms
from shared.errors import Unavailable
from shared.store.engine import Store

_log = structlog.get_logger("bank.terms")


def refresh_terms(store: Store, *, accounts: AccountsClient) -> bool:
    """Take over what `accounts` has; False if it does not answer now: what we have holds on."""
    try:
        versions, rates = accounts.product_terms()
    except Unavailable as away:
        _log.warning("terms-not-refreshed", reason=str(away))
        return False
    with store.write() as session:
        take_terms(session, versions=versions, rates=rates)
    return True
