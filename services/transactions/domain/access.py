"""Who may move money on which account, and who may see it."""

from services.transactions.domain.ledger_account import AccountNotFound, LedgerAccount
from shared.contracts.caller import Caller
from shared.errors import Conflict

DESK_ROLES = ("teller", "officer", "supervisor")
"""Staff who act for customers at a desk."""

READER_ROLES = (*DESK_ROLES, "support", "auditor", "admin")
"""Staff who may look at any account."""


class CashAtTellerOnly(Conflict):
    """The product lets only a teller take in or pay out cash."""

    code = "transactions.cash-at-teller-only"
    title = "Cash for this account is handled at a teller's desk"
    next_step = "Go to a teller, or transfer the money instead."


def owns(caller: Caller, account: LedgerAccount) -> bool:
    """Tell whether the caller is an owner of the account."""
    return caller.customer_id is not None and caller.customer_id in account.owners


def require_mover(caller: Caller, account: LedgerAccount | None) -> LedgerAccount:
    """Give the account if the caller may move its money: an owner, or staff at a desk.

    :raises AccountNotFound: if it is missing, internal, or another person's
    """
    if account is None or account.is_internal or not (owns(caller, account) or caller.has(*DESK_ROLES)):
        raise AccountNotFound("There is no account with this id that you may use.")
    return account


def require_reader(caller: Caller, account: LedgerAccount | None) -> LedgerAccount:
    """Give the account if the caller may see it: an owner, or staff.

    :raises AccountNotFound: if it is missing or another person's
    """
    if account is None:
        raise AccountNotFound("There is no account with this id that you may see.")
    visible = caller.has(*READER_ROLES) or (owns(caller, account) and not account.is_internal)
    if not visible:
        raise AccountNotFound("There is no account with this id that you may see.")
    return account


def require_customer_account(account: LedgerAccount | None) -> LedgerAccount:
    """Give the account if it is a customer's; the caller's role is all that the bank's own entries ask for.

    :raises AccountNotFound: if it is missing, or one of the bank's own
    """
    if account is None or account.is_internal:
        raise AccountNotFound("There is no customer's account with this id.")
    return account


def require_cash_allowed(caller: Caller, account: LedgerAccount) -> None:
    """Check that this caller may pay cash in or out: a teller always, an owner where the product allows.

    :raises CashAtTellerOnly: if the product asks for a teller
    """
    if not caller.has(*DESK_ROLES) and not account.customer_may_deposit:
        raise CashAtTellerOnly(
            "This product takes and pays cash only at a teller's desk.", account_id=account.id, product=account.product
        )
