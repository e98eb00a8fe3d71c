"""Take over an account's contract from `accounts`: a lower version is ignored, an equal one replays.

Who: the service `accounts`. Rule: here, since the contract's content is decided there; only closing is decided by us.
"""

from dataclasses import replace
from typing import Any

from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs
from services.transactions.use_cases.orders import ContractOrder
from shared.errors import Conflict


class AccountNotEmpty(Conflict):
    """The account still has money or holds, so the ledger does not close it."""

    code = "transactions.account-not-empty"
    title = "The account still has money or holds"
    next_step = "Pay the balance out and release or capture the holds; then close the account."


class ContractFixed(Conflict):
    """Number and currency of an account never change."""

    code = "transactions.contract-fixed"
    title = "The number and the currency of an account never change"
    next_step = "Open a new account for another number or currency."


def needs(order: ContractOrder, context: Context) -> Needs:
    """Read the account as it is, and whoever has its number."""
    return Needs(ids=(context.path_ids["account_id"],), numbers=(order.account_number,))


def decide(order: ContractOrder, context: Context, view: LedgerView) -> Decision:
    """Decide which contract is in force from now on.

    :raises AccountNotEmpty: if it is to be closed with money or holds on it
    :raises ContractFixed: if its number or currency would change, or the number is another account's
    """
    account_id = context.path_ids["account_id"]
    found = view.account(account_id)
    if found is not None and order.version <= found.contract_version:
        return Decision(status=200, answer=_answer(found), subject_id=account_id)
    holder = view.account_by_number(order.account_number)
    if holder is not None and holder.id != account_id:
        raise ContractFixed("This account number belongs to another account.", account_id=account_id)
    if found is not None and (found.currency, found.account_number) != (order.currency, order.account_number):
        raise ContractFixed("An account keeps its number and its currency.", account_id=account_id)
    if found is not None and order.status == "closed" and (found.booked_minor or found.held_minor):
        raise AccountNotEmpty(
            "Pay the balance out and release the holds first.",
            account_id=account_id,
            booked_minor=found.booked_minor,
            held_minor=found.held_minor,
        )
    contract = replace(
        found or LedgerAccount(id=account_id, kind="customer", currency=order.currency),
        account_number=order.account_number,
        holder_name=order.holder_name,
        owners=tuple(dict.fromkeys(order.owners)),
        mandate=order.mandate,
        product=order.product,
        branch_id=order.branch_id,
        min_balance_minor=order.min_balance_minor,
        overdraft_limit_minor=order.overdraft_limit_minor,
        limits=order.limits.model_dump(exclude_none=True),
        customer_may_deposit=order.customer_may_deposit,
        status=order.status,
        freeze=order.freeze,
        contract_version=order.version,
    )
    return Decision(
        status=200,
        answer=_answer(contract),
        subject_id=account_id,
        contract=contract,
        before=_answer(found) if found else None,
        audit_after=_answer(contract),
    )


def _answer(account: LedgerAccount) -> dict[str, Any]:
    return {"account_id": account.id, "version": account.contract_version, "status": account.status}


COMMAND = Command(
    name="put-ledger-account",
    order=ContractOrder,
    needs=needs,
    decide=decide,
    key_required=False,
    subject_type="ledger-account",
)
