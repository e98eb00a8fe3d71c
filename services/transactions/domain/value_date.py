"""The day from which an entry counts: the business date, or by a supervisor's permission one that lies back."""

from datetime import date, timedelta

from services.transactions.domain.bank_rules import BankRules
from shared.contracts.caller import Caller
from shared.errors import Forbidden, Invalid


class BackValueNotAllowed(Forbidden):
    """Only a supervisor, or a job of the ledger itself, books with a value date that lies back."""

    code = "transactions.back-value-not-allowed"
    title = "Only a supervisor books with an earlier value date"
    next_step = "Leave value_date out, or ask a supervisor to book it for the earlier day."


DAYS_AHEAD = 10
"""How far ahead the ledger's own end of day values what it books: on the next business date, even over the holidays."""


class BadValueDate(Invalid):
    """The value date lies after the business date, or too far back."""

    code = "transactions.bad-value-date"
    title = "This value date cannot be booked"
    next_step = "Choose a day that is not in the future and not further back than the bank allows."


def choose_value_date(*, caller: Caller, asked: date | None, business_date: date, rules: BankRules) -> date:
    """Give the value date of an entry: the one asked for, else the business date. Never one in the future, but for
    what an end of day books: that counts from the next business date.

    :raises BadValueDate: if it lies after the business date, or further back than the bank allows
    :raises BackValueNotAllowed: if it lies back and the caller is no supervisor
    """
    if asked is None or asked == business_date:
        return business_date
    earliest = business_date - timedelta(days=rules.back_value_days)
    if asked < business_date and not caller.has("supervisor", "service"):
        raise BackValueNotAllowed(
            "An earlier value date needs a supervisor.",
            value_date=asked.isoformat(),
            business_date=business_date.isoformat(),
        )
    latest = business_date + timedelta(days=DAYS_AHEAD) if caller.service == "transactions" else business_date
    if not earliest <= asked <= latest:
        raise BadValueDate(
            f"A value date lies between {earliest.isoformat()} and {business_date.isoformat()}.",
            value_date=asked.isoformat(),
            business_date=business_date.isoformat(),
            earliest=earliest.isoformat(),
        )
    return asked
