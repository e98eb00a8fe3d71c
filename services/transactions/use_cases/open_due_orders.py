"""Open the occurrences of standing orders that are due, and move each order on to its next one.

Who: the end of day. Rule: `domain/standing_order.py`. Unique per order and occurrence, with the move.
"""

from services.transactions.domain.bank_calendar import BankCalendar
from services.transactions.domain.standing_order import Occurrence
from services.transactions.store.end_of_day_store import Run
from services.transactions.store.holiday_store import whole_calendar
from services.transactions.store.order_store import add_occurrences, due_orders, save_order
from shared.store.engine import Store


def open_due_orders(store: Store, run: Run, *, calendar: BankCalendar, limit: int) -> int:
    """Open one occurrence of each of up to `limit` due orders; gives how many, to be called again until none is.

    :param calendar: as the settings name it, without the bank's own holidays
    """
    with store.read() as session:
        if not due_orders(session, run.last_day, limit=1):
            return 0
    with store.write() as session:
        whole = whole_calendar(session, calendar)
        due = due_orders(session, run.last_day, limit=limit)
        opened = []
        for order in due:
            rolled = order.at(order.next_number, whole)
            if rolled.next_due_on is not None and rolled.next_due_on > run.last_day:
                # The day became a holiday after the order was written.
                save_order(session, rolled, expected_version=order.version)
                continue
            nominal = order.nominal(order.next_number)
            if nominal is not None and order.next_due_on is not None:
                day = order.next_due_on
                opened.append(Occurrence(order.id, nominal, day, "due", tries=0, next_try_on=day))
            save_order(session, order.at(order.next_number + 1, whole), expected_version=order.version)
        add_occurrences(session, opened)
    return len(due)
