"""Book what an end of day wrote down: as commands to the writer, each under the key of its account, period and kind.

Who: the end of day. Rule: `use_cases/book_interest.py` and `book_fee.py` decide. What was booked and not noted, because
the worker died in between, is replayed under its key and noted then.
"""

from services.transactions.clients.ledger_lane import LedgerLane, Outcome, OwnCommand
from services.transactions.store.end_of_day_store import Run
from services.transactions.store.own_posting_store import OwnPosting, give_back, intended, note_outcomes
from shared.store.engine import Store

_ROUTES = {"interest": "POST /api/v1/ledger/interest", "fee": "POST /api/v1/ledger/fees"}


def book_own_postings(store: Store, lane: LedgerLane, run: Run, *, limit: int) -> int:
    """Book up to `limit` of what is written down and give how many there were.

    :raises Unavailable: if the writer does not answer
    """
    with store.read() as session:
        waiting = intended(session, run.business_date, limit=limit)
    if not waiting:
        return 0
    outcomes = lane.book([_command(one) for one in waiting])
    noted = [(one, *_result(outcome)) for one, outcome in zip(waiting, outcomes, strict=True)]
    with store.write() as session:
        note_outcomes(session, [result for result in noted if result[1] is not None])
        for one, _, code in (result for result in noted if result[1] is None):
            # Whoever notes a refusal first gives the interest back to what has accrued.
            if note_outcomes(session, [(one, None, code)]) and one.entry_type == "interest":
                give_back(session, one, one.accrued - one.carry)
    return len(waiting)


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
