"""Book many transfers as one command with one key: all or none (`atomic`), or each for itself.

Who: as for each single transfer. Rule: `domain/transfer.py`. Says: a `TransferBooked` for each.
"""

from dataclasses import replace
from typing import Any

from services.transactions.domain.cosignature import require_sole_signature
from services.transactions.domain.journal_entry import JournalEntry
from services.transactions.use_cases import book_transfer
from services.transactions.use_cases.confirming import batch_subject, confirmed
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView, Needs, NewPayeeUse
from services.transactions.use_cases.nested_view import NestedView
from services.transactions.use_cases.orders import BatchOrder, TransferOrder
from shared.contracts.envelope import Fact
from shared.errors import Conflict, Refusal
from shared.ids import new_id


class BatchRefused(Conflict):
    """One transfer of an atomic batch was refused, so none was booked."""

    code = "transactions.batch-refused"
    title = "One transfer was refused, so none was booked"
    next_step = (
        "Correct or leave out the transfer at index and send the batch with a new key, or send it with atomic false."
    )


def needs(order: BatchOrder, context: Context) -> Needs:
    """Read what each transfer reads."""
    each = [book_transfer.needs(one, context) for one in order.transfers]
    return Needs(
        ids=tuple({account_id for one in each for account_id in one.ids}),
        numbers=tuple({number for one in each for number in one.numbers}),
        payees_of=tuple({customer_id for one in each for customer_id in one.payees_of}),
    )


def decide(order: BatchOrder, context: Context, view: LedgerView) -> Decision:
    """Decide each transfer in order, each seeing what those before it did.

    One step-up confirms the whole batch, and is asked for if a transfer in it needs one: without, nothing is booked.

    :raises BatchRefused: if the batch is atomic and a transfer is refused, with its `index` and its problem
    :raises StepUpRequired: if a transfer has to be confirmed, and the batch was not
    """
    nested = NestedView(view)
    entries: list[JournalEntry] = []
    facts: list[Fact] = []
    results: list[dict[str, Any]] = []
    confirms: set[str] = set()
    to_new: list[NewPayeeUse] = []
    for index, transfer in enumerate(order.transfers):
        try:
            _require_alone(transfer, context, nested)
            one = book_transfer.book(transfer, replace(context, entry_id=new_id()), nested)
        except Refusal as refusal:
            if order.atomic:
                raise BatchRefused(f"Transfer {index}: {refusal.detail}", index=index, problem=refusal) from None
            results.append({"index": index, "status": "refused", "problem": refusal})
            continue
        if one.entry is not None:
            nested.apply_entry(one.entry)
            entries.append(one.entry)
        facts.extend(one.facts)
        confirms.update(one.confirms)
        to_new.extend(one.to_new)
        for use in one.to_new:
            nested.apply_new_payee(use)
        results.append({"index": index, "status": "booked", "transaction": one.answer})
    decision = Decision(
        status=201,
        answer={"results": results},
        subject_id=context.entry_id,
        entries=tuple(entries),
        facts=tuple(facts),
        audit_after={"booked": [entry.id for entry in entries], "refused": len(results) - len(entries)},
        confirms=tuple(sorted(confirms)),
        to_new=tuple(to_new),
    )
    return confirmed(decision, subject=batch_subject(order), context=context, view=view) if confirms else decision


def _require_alone(transfer: TransferOrder, context: Context, view: LedgerView) -> None:
    payer = view.account(transfer.from_account_id)
    if payer is not None:
        require_sole_signature(context.caller, payer)


COMMAND = Command(name="book-batch", order=BatchOrder, needs=needs, decide=decide, subject_type="batch")
