"""Roll the orders that fall due around a day whose place in the calendar changed, each by its own rule.

Who: the job that a change of the holidays leaves behind. An order that is opened before is rolled there as well.
"""

from datetime import date, timedelta

from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.holiday import LONGEST_CLOSED_DAYS
from services.transactions.store.holiday_store import whole_calendar
from services.transactions.store.order_store import orders_due_between, save_order
from shared.store.engine import Store

_AROUND = timedelta(days=LONGEST_CLOSED_DAYS + 1)


def roll_orders(store: Store, *, day: date, calendar: BankCalendar, after: str, limit: int) -> str | None:
    """Roll up to `limit` orders behind the id `after`; gives where to go on, None when there are no more.

    :param calendar: as the settings name it
    """
    with store.write() as session:
        whole = whole_calendar(session, calendar)
        found = orders_due_between(session, day - _AROUND, day + _AROUND, after=after, limit=limit)
        for order in found:
            rolled = order.at(order.next_number, whole)
            if rolled.next_due_on != order.next_due_on:
                save_order(session, rolled, expected_version=order.version)
    return found[-1].id if len(found) == limit else None
