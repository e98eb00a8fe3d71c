"""Write down the fees that the next accounts of an end of day are to be charged, where a month ends with the day.

Who: the end of day. Rule: `domain/fees.py`. Unique per account, month and kind; booked afterwards, under that key.
"""

from collections.abc import Sequence

from sqlmodel import Session

from services.transactions.domain.fees import FEE_NAMES, AccountMonth, Fee, fees_of_month
from services.transactions.domain.interest import month_within
from services.transactions.domain.terms import TermsBook
from services.transactions.store.day_store import last_sequence_before
from services.transactions.store.end_of_day_store import Run, move_cursor
from services.transactions.store.fee_queries import ContractFees, contracts_of, items_between, lowest_since
from services.transactions.store.interest_store import DayAccount, accounts_at, cursor_after
from services.transactions.store.own_posting_store import OwnPosting, add_postings
from shared.store.engine import Store


def charge_fees(store: Store, run: Run, *, book: TermsBook, limit: int) -> Run:
    """Write down the fees of up to `limit` accounts after the run's cursor and move it.

    :raises Overtaken: if somebody else moved this end of day on; then nothing was written
    """
    period = month_within(run.business_date, run.last_day)
    accounts: Sequence[DayAccount] = ()
    postings: list[OwnPosting] = []
    if period is not None:
        with store.read() as session:
            accounts = accounts_at(session, after=run.cursor, cut=run.cut_sequence or 0, limit=limit)
            postings = _postings(session, run, accounts, book, period)
    with store.write() as session:
        moved = move_cursor(session, run, cursor=cursor_after(accounts, limit), done=len(postings))
        add_postings(session, postings)
    return moved


def _postings(
    session: Session, run: Run, accounts: Sequence[DayAccount], book: TermsBook, period: str
) -> list[OwnPosting]:
    charged = [one for one in accounts if one.status != "closed" and book.on(one.product, run.business_date).fees]
    if not charged:
        return []
    ids, first = [one.id for one in accounts], run.business_date.replace(day=1)
    lowest, contracts = lowest_since(session, ids, first), contracts_of(session, ids)
    after, until = last_sequence_before(session, first), run.cut_sequence or 0
    items = items_between(session, ids, after=after, until=until)
    found: list[OwnPosting] = []
    for one in charged:
        contract = contracts.get(one.id, ContractFees())
        month = AccountMonth(
            currency=one.currency,
            lowest_minor=min(lowest.get(one.id, one.booked_minor), one.booked_minor),
            min_balance_minor=contract.floor_minor,
            waived=contract.waived,
            items=items.get(one.id, 0),
        )
        fees = fees_of_month(book.on(one.product, run.business_date).fees, month)
        found.extend(_posting(run, one, fee, period) for fee in fees)
    return found


def _posting(run: Run, account: DayAccount, fee: Fee, period: str) -> OwnPosting:
    return OwnPosting(
        account_id=account.id,
        period=period,
        kind=fee.kind,
        entry_type="fee",
        direction="debit",
        amount_minor=fee.amount_minor,
        currency=account.currency,
        description=f"{FEE_NAMES.get(fee.kind, fee.kind)} {period}",
        from_day=run.business_date.replace(day=1),
        booked_on=run.business_date,
        value_date=run.next_date,
        items=fee.items,
    )
