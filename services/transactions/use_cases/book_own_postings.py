"""Book what an end of day wrote down: as commands to the writer, each under the key of its account, period and kind.

Who: the end of day. Rule: `use_cases/book_interest.py` and `book_fee.py` decide. What was booked and not noted, because
the worker died in between, is replayed under its key and noted then.
"""

from collections.abc import Callable, Sequence

from services.transactions.clients.ledger_lane import LedgerLane, Outcome, OwnCommand
from services.transactions.store.end_of_day_store import Run
from services.transactions.store.own_posting_store import OwnPosting, give_back, intended, note_outcomes
from shared.store.engine import Store

_ROUTES = {"interest": "POST /api/v1/ledger/interest", "fee": "POST /api/v1/ledger/fees"}


READ_AT_ONCE = 2_000
"""To find what is written down and not booked yet costs as much for one as for all of it."""


def book_own_postings(
    store: Store, lane: LedgerLane, run: Run, *, limit: int, at: Callable[[], None] = lambda: None
) -> int:
    """Book what is written down, up to `limit` at a time, and give how many there were; call again until none is.

    `at` is called after each time.

    :raises Unavailable: if the writer does not answer
    """
    with store.read() as session:
        waiting = intended(session, run.business_date, limit=READ_AT_ONCE)
    for start in range(0, len(waiting), limit):
        _book(store, lane, waiting[start : start + limit])
        at()
    return len(waiting)


def _book(store: Store, lane: LedgerLane, waiting: Sequence[OwnPosting]) -> None:
    outcomes = lane.book([_command(one) for one in waiting])
    noted = [(one, *_result(outcome)) for one, outcome in zip(waiting, outcomes, strict=True)]
    with store.write() as session:
        note_outcomes(session, [result for result in noted if result[1] is not None])
        for one, _, code in (result for result in noted if result[1] is None):
            # Whoever notes a refusal first gives the interest back to what has accrued.
            if note_outcomes(session, [(one, None, code)]) and one.entry_type == "interest":
                give_back(session, one, one.accrued - one.carry)


def _command(one: OwnPosting) -> OwnCommand:
    body = {
        "account_id": one.account_id,
        "amount_minor": one.amount_minor,
        "currency": one.currency,
        "description": one.description,
        "value_date": one.value_date.isoformat(),
    }
    if one.entry_type == "interest":
        body["direction"] = one.direction
    return OwnCommand(_ROUTES[one.entry_type], body, one.key)


def _result(outcome: Outcome) -> tuple[str | None, str | None]:
    return (None, outcome.code) if outcome.code is not None else (str(outcome.body["id"]), None)
