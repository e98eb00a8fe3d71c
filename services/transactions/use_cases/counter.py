"""Which internal account stands on the other side of cash: the teller's branch, or clearing for the customer's own."""

from services.transactions.domain.access import DESK_ROLES
from services.transactions.domain.chart_of_accounts import cash_account, clearing_account
from services.transactions.domain.ledger_account import LedgerAccount
from shared.contracts.caller import Caller


def counter_account(caller: Caller, currency: str) -> LedgerAccount:
    """Give the cash account of the teller's branch, or the currency's clearing account for a customer."""
    if caller.has(*DESK_ROLES):
        return cash_account(branch_id=caller.branch_id or "main", currency=currency)
    return clearing_account(currency=currency)
