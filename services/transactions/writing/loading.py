"""Read what a whole batch needs, in a few set queries."""

from collections.abc import Collection, Sequence

from sqlmodel import Session

from services.transactions.domain.chart_of_accounts import clearing_account
from services.transactions.store.approval_store import load_waiting
from services.transactions.store.confirmation_store import NO_CONFIRMATIONS, load_confirmations
from services.transactions.store.final_interest_store import load_accrued
from services.transactions.store.hold_store import load_holds
from services.transactions.store.ledger_queries import find_entries
from services.transactions.store.ledger_store import load_accounts
from services.transactions.store.order_store import count_open_orders
from services.transactions.store.payee_store import NO_LISTS, load_payee_lists
from services.transactions.use_cases.deciding import BookedEntry, Needs
from services.transactions.writing.view import BatchView


def load_view(session: Session, needs: Sequence[Needs], step_up_ids: Collection[str] = ()) -> BatchView:
    """Load accounts, holds and entries; with a hold its account, payee and clearing, with an entry its accounts.

    Customers' payees and used step-up tokens are looked up only for the commands that they decide.
    """
    ids = {account_id for one in needs for account_id in one.ids}
    numbers = {number for one in needs for number in one.numbers}
    hold_ids = {hold_id for one in needs for hold_id in one.hold_ids}
    entry_ids = {entry_id for one in needs for entry_id in one.entry_ids}
    holds = load_holds(session, hold_ids) if hold_ids else []
    for hold in holds:
        ids |= {hold.account_id, clearing_account(currency=hold.currency).id}
        if hold.to_account_number is not None:
            numbers.add(hold.to_account_number)
    found = find_entries(session, entry_ids) if entry_ids else []
    for one in found:
        ids |= {posting.account_id for posting in one.entry.postings}
    entries = [BookedEntry(one.entry, one.reversed_by) for one in found]
    closing = {account_id for one in needs for account_id in one.interest_of}
    accrued = load_accrued(session, closing) if closing else {}
    customers = {customer_id for one in needs for customer_id in one.payees_of}
    asked = customers or step_up_ids
    confirmations = load_confirmations(session, customers, step_up_ids) if asked else NO_CONFIRMATIONS
    payees = load_payee_lists(session, customers) if customers else NO_LISTS
    closing = {account_id for one in needs for account_id in one.orders_of}
    orders = count_open_orders(session, closing) if closing else None
    asked = {approval_id for one in needs for approval_id in one.approval_ids}
    changed = {subject_id for one in needs for subject_id in one.waiting_on}
    waiting = load_waiting(session, ids=asked, subjects=changed) if asked or changed else ()
    accounts = load_accounts(session, ids=ids, numbers=numbers)
    return BatchView(accounts, holds, entries, confirmations, payees, orders, accrued, waiting)
