"""Take over an account's contract from `accounts`: a lower version is ignored, an equal one replays.

Who: the service `accounts`. Rule: here, since the contract's content is decided there; only closing is decided by us.
Cash of the opening and the rest of a closing are booked in the same command. Says `DepositBooked`, `TransferBooked`;
that what waited for a second person about the account is void: `ApprovalEnded`.
"""

from dataclasses import replace
from typing import Any

from services.transactions.domain.cash import book_deposit
from services.transactions.domain.chart_of_accounts import cash_account
from services.transactions.domain.journal_entry import JournalEntry, book_pair
from services.transactions.domain.ledger_account import LedgerAccount, PayeeNotFound
from services.transactions.use_cases.asking import voided
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs
from services.transactions.use_cases.final_interest import book_final_interest, interest_accounts
from services.transactions.use_cases.orders import ContractOrder
from shared.clock import format_time
from shared.contracts.envelope import Fact
from shared.contracts.transactions import DepositBooked, TransferBooked
from shared.errors import Conflict
from shared.money import Money


class AccountNotEmpty(Conflict):
    """The account still has money, holds or standing orders, so the ledger does not close it."""

    code = "transactions.account-not-empty"
    title = "The account still has money, holds or standing orders"
    next_step = "Pay the balance out, release the holds and cancel the standing orders; then close the account."


class ContractFixed(Conflict):
    """Number and currency of an account never change."""

    code = "transactions.contract-fixed"
    title = "The number and the currency of an account never change"
    next_step = "Open a new account for another number or currency."


class PayoutOverLimit(Conflict):
    """More would be paid out with the closing than may be without a checker."""

    code = "transactions.payout-over-limit"
    title = "So large a payout needs a checker"
    next_step = "Have the closing approved by a second person."


def needs(order: ContractOrder, context: Context) -> Needs:
    """Read the account as it is, whoever has its number, and the account on the other side of a booking with it."""
    ids = [context.path_ids["account_id"]]
    if order.payout_account_id is not None:
        ids.append(order.payout_account_id)
    closing = (context.path_ids["account_id"],) if order.status == "closed" else ()
    if closing:
        ids.extend(interest_accounts(order.currency))
    if order.opening_deposit_minor is not None:
        ids.append(_cash(order).id)
    return Needs(
        ids=tuple(ids),
        numbers=(order.account_number,),
        orders_of=closing,
        interest_of=closing,
        waiting_on=(context.path_ids["account_id"],),
    )


def _cash(order: ContractOrder) -> LedgerAccount:
    return cash_account(branch_id=order.opening_cash_branch_id or order.branch_id, currency=order.currency)


def decide(order: ContractOrder, context: Context, view: LedgerView) -> Decision:
    """Decide which contract is in force from now on.

    :raises AccountNotEmpty: if it is to be closed with holds or orders, or with money that has nowhere to go
    :raises PayoutOverLimit, PayeeNotFound, AccountNotOpen, AccountFrozen, CurrencyMismatch, BalanceOutOfRange: if the
        rest cannot be paid out, in which case nothing is changed
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
    payout, final = None, None
    if found is not None and order.status == "closed":
        if found.held_minor == 0 and found.status != "closed":
            final = book_final_interest(context, view, found)
        payout = _pay_out(order, context, view, final.account if final else found)
    contract = _contract(order, found or LedgerAccount(id=account_id, kind="customer", currency=order.currency))
    entry = _opening_deposit(order, context, view, contract) if found is None else payout
    last = () if entry is None else (entry,)
    entries = (*(final.entries if final else ()), *last)
    booked = {"booked": [one.id for one in entries]} if entries else {}
    waits, ended = voided(view, account_id)
    paid_out = {"paid_out_minor": payout.amount.amount_minor} if payout else {}
    return Decision(
        status=200,
        answer=_answer(contract) | paid_out | booked,
        subject_id=account_id,
        contract=contract,
        entries=entries,
        own_key=f"{account_id}-{order.version}" if entries else None,
        facts=(*(final.facts if final else ()), *(_fact_of(one, contract, view) for one in last), *ended),
        waiting=waits,
        final_interest=final.postings if final else (),
        before=_answer(found) if found else None,
        audit_after=_answer(contract) | booked,
    )


def _contract(order: ContractOrder, account: LedgerAccount) -> LedgerAccount:
    """Give the account under its new contract; what it holds stays."""
    return replace(
        account,
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
        waived_fees=",".join(order.waived_fees),
        status=order.status,
        freeze=order.freeze,
        contract_version=order.version,
    )


def _pay_out(order: ContractOrder, context: Context, view: LedgerView, account: LedgerAccount) -> JournalEntry | None:
    """Book what is left on an account that is about to close; None if there is nothing left."""
    rest, orders = account.booked_minor, view.open_orders(account.id)
    if account.held_minor or orders or rest < 0 or (rest and order.payout_account_id is None):
        raise AccountNotEmpty(
            "Pay the balance out, release the holds and cancel the standing orders first.",
            account_id=account.id,
            booked_minor=rest,
            held_minor=account.held_minor,
            open_orders=orders,
            currency=account.currency,
        )
    if not rest:
        return None
    if order.payout_limit_minor is not None and rest > order.payout_limit_minor:
        raise PayoutOverLimit(
            account_id=account.id, booked_minor=rest, limit_minor=order.payout_limit_minor, currency=account.currency
        )
    payee = view.account(order.payout_account_id or "")
    if payee is None or payee.is_internal:
        raise PayeeNotFound("There is no account of a customer to which the rest could go.")
    payee.require_movable("credit")
    payee.require_currency(account.currency)
    return book_pair(
        booking=context.booking("Closing payout", None),
        entry_type="transfer",
        debited=account,
        credited=payee,
        amount=Money(rest, account.currency),
    )


def _opening_deposit(
    order: ContractOrder, context: Context, view: LedgerView, contract: LedgerAccount
) -> JournalEntry | None:
    """Book the cash that came with the opening."""
    if order.opening_deposit_minor is None:
        return None
    amount = Money(order.opening_deposit_minor, order.currency)
    booking = context.booking("Initial deposit", None)
    return book_deposit(booking=booking, account=contract, over=view.internal(_cash(order)), amount=amount)


def _fact_of(entry: JournalEntry, account: LedgerAccount, view: LedgerView) -> Fact:
    what = {
        "entry_id": entry.id,
        "amount_minor": entry.amount.amount_minor,
        "currency": entry.amount.currency,
        "booked_at": format_time(entry.booked_at),
        "business_date": entry.business_date.isoformat(),
    }
    if entry.type == "deposit":
        return DepositBooked.model_validate({**what, "account_id": account.id, "owners": list(account.owners)})
    payee = view.account(entry.payee_account_id)
    parties = {
        "payer_account_id": account.id,
        "payee_account_id": entry.payee_account_id,
        "payer_owners": list(account.owners),
        "payee_owners": list(payee.owners if payee else ()),
    }
    return TransferBooked.model_validate(what | parties)


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
