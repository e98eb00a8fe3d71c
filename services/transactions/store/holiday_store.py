"""The bank's own holidays, as rows, and the calendar that has them."""

from dataclasses import asdict
from datetime import date

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.holiday import Holiday
from services.transactions.store.tables import METADATA

HOLIDAYS = METADATA.tables["bank_holidays"]
_COLUMNS = [HOLIDAYS.c[name] for name in Holiday.__dataclass_fields__]


def whole_calendar(session: Session, calendar: BankCalendar) -> BankCalendar:
    """Give the calendar that the settings name with the holidays that the bank has of its own now."""
    return calendar.with_own(session.execute(select(HOLIDAYS.c.day)).scalars())


def find_holiday(session: Session, day: date) -> Holiday | None:
    """Give the bank's own holiday of a day."""
    found = session.execute(select(*_COLUMNS).where(HOLIDAYS.c.day == day)).first()
    return Holiday(*found) if found else None


def own_holidays(session: Session, year: int) -> list[Holiday]:
    """Give the bank's own holidays of a year, in their order."""
    query = select(*_COLUMNS).where(HOLIDAYS.c.day >= date(year, 1, 1), HOLIDAYS.c.day <= date(year, 12, 31))
    return [Holiday(*row) for row in session.execute(query.order_by(HOLIDAYS.c.day))]


def add_holiday(session: Session, holiday: Holiday) -> None:
    """Keep a holiday."""
    session.execute(insert(HOLIDAYS), [asdict(holiday)])


def drop_holiday(session: Session, day: date) -> None:
    """Take a holiday out; the audit trail keeps that it was there."""
    session.execute(delete(HOLIDAYS).where(HOLIDAYS.c.day == day))
