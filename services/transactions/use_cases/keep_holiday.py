"""Keep a holiday of the bank's own: on that day it is closed, and what is due then moves by each order's rule.

Who: supervisor or admin, with a reason. Rule: `domain/holiday.py`. A job then rolls the orders that are concerned.
"""

from datetime import date, datetime

from sqlmodel import Session

from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.holiday import Holiday, require_new_holiday
from services.transactions.store.end_of_day_store import running
from services.transactions.store.holiday_store import add_holiday, whole_calendar
from services.transactions.store.ledger_store import read_business_date
from shared.contracts.caller import Caller
from shared.ids import new_id
from shared.store.audit import record_audit
from shared.store.jobs import enqueue_job

ROLL_ORDERS = "roll-orders"


def keep_holiday(
    session: Session, *, caller: Caller, day: date, name: str, reason: str, calendar: BankCalendar, at: datetime
) -> Holiday:
    """Keep it and give it.

    :param calendar: as the settings name it
    :raises BadHoliday: if the day does not lie ahead
    :raises AlreadyClosed: if it is no banking day
    :raises ClosedTooLong: if the bank would be closed for too long
    """
    whole = whole_calendar(session, calendar)
    require_new_holiday(day, calendar=whole, business_date=newest_date(session, calendar, at))
    holiday = Holiday(day, name, reason, caller.user_id or "", at)
    add_holiday(session, holiday)
    ask_for_rolling(session, day)
    record_audit(
        session,
        caller=caller,
        command="keep-holiday",
        subject_type="holiday",
        subject_id=day.isoformat(),
        after={"name": name},
        reason=reason,
    )
    return holiday


def newest_date(session: Session, calendar: BankCalendar, moment: datetime) -> date:
    """Give the business date that is open; while it is being ended, the next one, which is decided already."""
    run = running(session)
    if run is not None:
        return run.next_date
    return read_business_date(session) or calendar.business_date_at(moment)


def ask_for_rolling(session: Session, day: date) -> None:
    """Leave the job that rolls the orders which fall due around a day."""
    enqueue_job(session, kind=ROLL_ORDERS, unique_key=new_id(), payload={"day": day.isoformat()})
