"""Take a holiday of the bank's own out of the calendar: on that day it is open again.

Who: supervisor or admin, with a reason. Rule: `domain/holiday.py`. A job then rolls the orders that are concerned.
"""

from datetime import date, datetime

from sqlmodel import Session

from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.holiday import Holiday, HolidayNotFound, require_ahead
from services.transactions.store.holiday_store import drop_holiday, find_holiday
from services.transactions.use_cases.keep_holiday import ask_for_rolling, newest_date
from shared.contracts.caller import Caller
from shared.store.audit import record_audit


def withdraw_holiday(
    session: Session, *, caller: Caller, day: date, reason: str, calendar: BankCalendar, at: datetime
) -> Holiday:
    """Take it out and give it as it was.

    :raises HolidayNotFound: if the bank has none of its own on this day
    :raises BadHoliday: if the day has come already
    """
    found = find_holiday(session, day)
    if found is None:
        raise HolidayNotFound("Only the bank's own holidays are taken out.", day=day.isoformat())
    require_ahead(day, business_date=newest_date(session, calendar, at))
    drop_holiday(session, day)
    ask_for_rolling(session, day)
    record_audit(
        session,
        caller=caller,
        command="withdraw-holiday",
        subject_type="holiday",
        subject_id=day.isoformat(),
        before={"name": found.name},
        reason=reason,
    )
    return found
