"""Undo an entry by a new one, at most once.

Who: officer or supervisor; a large one, and one of money that is spent, waits for a second of them (`asking.py`).
Rule: `domain/reversal.py`. Says: `ReversalBooked`; that what waited about the same entry is void: `ApprovalEnded`.
"""

from services.transactions.domain.disclosure import show_transaction
from services.transactions.domain.journal_entry import JournalEntry
from services.transactions.domain.ledger_account import LedgerAccount
from services.transactions.domain.reversal import TransactionNotFound, book_reversal
from services.transactions.use_cases.asking import checked, voided
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs
from services.transactions.use_cases.orders import ReverseOrder
from shared.clock import format_time
from shared.contracts.transactions import ReversalBooked


def needs(order: ReverseOrder, context: Context) -> Needs:
    """Read the entry with the accounts of its postings."""
    entry_id = context.path_ids["transaction_id"]
    return Needs(entry_ids=(entry_id,), waiting_on=(entry_id,))


def decide(order: ReverseOrder, context: Context, view: LedgerView) -> Decision:
    """Decide a reversal; its answer is the reversal, its description the reason.

    :raises Refusal: TransactionNotFound, or what `book_reversal` raises
    """
    found = view.entry(context.path_ids["transaction_id"])
    if found is None:
        raise TransactionNotFound("There is no transaction with this id.")
    original = found.entry
    accounts = {p.account_id: one for p in original.postings if (one := view.account(p.account_id)) is not None}
    entry = book_reversal(
        booking=context.booking(order.reason),
        original=original,
        reversed_by=found.reversed_by,
        accounts=accounts,
        may_be_spent=order.ask_checker and (context.approval is not None or "reversal" in context.rules.approvals),
    )
    answer = show_transaction(entry, caller=context.caller, accounts=accounts)
    waits, ended = voided(view, original.id, but=context.approval)
    return checked(
        Decision(
            status=201,
            answer=answer,
            subject_id=entry.id,
            entry=entry,
            facts=(_fact(entry, original.id, accounts), *ended),
            waiting=waits,
            reason=order.reason,
        ),
        command="reversal",
        order=order,
        amount=original.amount,
        subject=("entry", original.id),
        change=({"status": "booked"}, {"status": "reversed"}),
        context=context,
        asked=order.ask_checker,
        reason=order.reason,
    )


def _fact(entry: JournalEntry, reverses: str, accounts: dict[str, LedgerAccount]) -> ReversalBooked:
    return ReversalBooked(
        entry_id=entry.id,
        reverses=reverses,
        payer_account_id=entry.payer_account_id,
        payee_account_id=entry.payee_account_id,
        payer_owners=list(accounts[entry.payer_account_id].owners),
        payee_owners=list(accounts[entry.payee_account_id].owners),
        amount_minor=entry.amount.amount_minor,
        currency=entry.amount.currency,
        booked_at=format_time(entry.booked_at),
        business_date=entry.business_date.isoformat(),
        payer_balance_after_minor=entry.balance_of(entry.payer_account_id),
        payee_balance_after_minor=entry.balance_of(entry.payee_account_id),
    )


COMMAND = Command(name="reverse-entry", order=ReverseOrder, needs=needs, decide=decide)
