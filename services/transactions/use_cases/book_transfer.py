"""Transfer money between two accounts of the bank.

Who: the owner of the payer account, or staff at a desk. Rule: `domain/transfer.py`. Says: `TransferBooked`.
Where all owners sign together, it waits for the others (`cosigning.py`).
"""

from services.transactions.domain.access import require_mover
from services.transactions.domain.confirmation import depends_on_payee, needs_step_up
from services.transactions.domain.disclosure import show_transaction
from services.transactions.domain.ledger_account import PayeeNotFound
from services.transactions.domain.transfer import book_transfer
from services.transactions.use_cases.confirming import confirmed, transfer_subject
from services.transactions.use_cases.cooling import sent_to_new
from services.transactions.use_cases.cosigning import cosigned
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs
from services.transactions.use_cases.orders import TransferOrder
from shared.clock import format_time
from shared.contracts.transactions import TransferBooked
from shared.money import Money


def needs(order: TransferOrder, context: Context) -> Needs:
    """Read the payer by id and the payee by what names it; whether the payee is new only where that decides."""
    customer_id = context.caller.customer_id
    rules = context.rules
    asks = rules.new_payee_limit_minor is not None or depends_on_payee(order.amount_minor, rules)
    payees_of = (customer_id,) if asks and customer_id is not None else ()
    if order.to_account_number is not None:
        return Needs(ids=(order.from_account_id,), numbers=(order.to_account_number,), payees_of=payees_of)
    return Needs(ids=(order.from_account_id, order.to_account_id or ""), payees_of=payees_of)


def decide(order: TransferOrder, context: Context, view: LedgerView) -> Decision:
    """Decide a transfer.

    :raises Refusal: AccountNotFound, PayeeNotFound, what `book_transfer` raises, or at last StepUpRequired
    """
    decision = book(order, context, view)
    if decision.confirms:
        decision = confirmed(decision, subject=transfer_subject(order), context=context, view=view)
    return cosigned(decision, order=order, context=context, view=view)


def book(order: TransferOrder, context: Context, view: LedgerView) -> Decision:
    """Decide a transfer up to the question whether it is confirmed; `confirms` names the payee if it has to be.

    :raises Refusal: AccountNotFound, PayeeNotFound, or what `book_transfer` raises
    """
    payer = require_mover(context.caller, view.account(order.from_account_id))
    if order.to_account_number is not None:
        payee = view.account_by_number(order.to_account_number)
    else:
        payee = view.account(order.to_account_id or "")
    if payee is None or payee.is_internal:
        raise PayeeNotFound("No account of this bank has this number or id.")
    amount = Money(order.amount_minor, order.currency)
    entry = book_transfer(
        booking=context.booking(order.description, order.value_date),
        payer=payer,
        payee=payee,
        amount=amount,
        limits=context.rules.limits_of(payer),
    )
    to_new = sent_to_new(payer=payer, payee=payee, amount_minor=order.amount_minor, context=context, view=view)
    fact = TransferBooked(
        entry_id=entry.id,
        payer_account_id=payer.id,
        payee_account_id=payee.id,
        payer_owners=list(payer.owners),
        payee_owners=list(payee.owners),
        amount_minor=order.amount_minor,
        currency=order.currency,
        booked_at=format_time(entry.booked_at),
        business_date=entry.business_date.isoformat(),
        payer_balance_after_minor=entry.balance_of(payer.id),
        payee_balance_after_minor=entry.balance_of(payee.id),
    )
    answer = show_transaction(entry, caller=context.caller, accounts={payer.id: payer, payee.id: payee})
    asks = needs_step_up(
        caller=context.caller,
        payer=payer,
        payee=payee,
        amount_minor=order.amount_minor,
        rules=context.rules,
        is_confirmed=view.is_confirmed,
    )
    confirms = (payee.id,) if asks else ()
    return Decision(
        status=201, answer=answer, subject_id=entry.id, entry=entry, facts=(fact,), confirms=confirms, to_new=to_new
    )


COMMAND = Command(name="book-transfer", order=TransferOrder, needs=needs, decide=decide)
