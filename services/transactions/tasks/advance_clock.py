"""The job that moves the sandbox's clock: day by day, each business date ended before the next day begins.

The row of the request says how many days are done; where the clock stands after each is a matter of arithmetic, so a
day that was cut off is gone through again and changes nothing twice.
"""

from services.transactions.clients.ledger_lane import OwnCommand
from services.transactions.store.advance_store import Advance, find_advance, note_days
from services.transactions.store.end_of_day_store import running
from services.transactions.store.ledger_store import read_business_date
from services.transactions.tasks.end_of_day import EndOfDay
from shared.clock import advance_bank_offset, bank_now
from shared.errors import Unavailable
from shared.store.engine import Store
from shared.store.jobs import Job

DAY_SECONDS = 86_400


def run_advance_clock(store: Store, job: Job, *, end_of_day: EndOfDay) -> None:
    """Go through the days that the job's request still has.

    :raises Unavailable: if the writer or the store does not answer; the next run goes on from the day it was at
    """
    with store.read() as session:
        advance = find_advance(session, job.id)
    if advance is None:
        return
    for number in range(advance.days_done + 1, advance.days + 1):
        _move_clock(advance, number, end_of_day)
        end_due_days(store, end_of_day, job_id=job.id)
        with store.write() as session:
            note_days(session, advance, days_done=number, at=bank_now())


def _move_clock(advance: Advance, number: int, end_of_day: EndOfDay) -> None:
    seconds = advance.from_offset_seconds + number * DAY_SECONDS
    command = OwnCommand("POST /internal/clock", {"offset_seconds": seconds}, f"clock:{advance.id}:{number}")
    [outcome] = end_of_day.lane.book([command])
    if outcome.code is not None:
        raise Unavailable(f"The writer did not move the clock: {outcome.code}.", retry_after_seconds=1)
    advance_bank_offset(seconds)


def end_due_days(store: Store, end_of_day: EndOfDay, *, job_id: str) -> None:
    """End business dates until the one that is open is not over.

    First of all an end of day that was cut off: its date may be closed already while its last notes are missing, and
    then the open date would not lead back to it.
    """
    while True:
        with store.read() as session:
            left, day = running(session), read_business_date(session)
        if left is not None:
            day = left.business_date
        elif day is None or end_of_day.calendar.ends_at(day) > bank_now():
            return
        end_of_day.run(day, job_id=job_id)
