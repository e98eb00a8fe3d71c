"""Payees: whom a customer pays, how well the name fitted, and how long a new one is only good for small amounts."""

from datetime import datetime, timedelta

from shared.errors import Conflict, NotFound


class PayeeNotFound(NotFound):
    """Missing, another customer's, or removed."""

    code = "accounts.payee-not-found"
    title = "No such payee"
    next_step = "Choose one of the payees that GET /api/v1/payees lists."


class PayeeExists(Conflict):
    """The customer has a payee with this account number."""

    code = "accounts.payee-exists"
    title = "You have a payee with this account number already"
    next_step = "Use the payee that payee_id names, or rename it."


class TooManyPayees(Conflict):
    """Nobody needs so many; a list that grows without end is somebody trying names out."""

    code = "accounts.too-many-payees"
    title = "You have as many payees as there may be"
    next_step = "Remove payees that you no longer pay."


class UndoOver(Conflict):
    """The payee was removed too long ago to be put back with what is known of it."""

    code = "accounts.undo-over"
    title = "The payee was removed too long ago"
    next_step = "Add the payee again."


class NotRemoved(Conflict):
    """There is nothing to put back."""

    code = "accounts.payee-not-removed"
    title = "The payee is not removed"
    next_step = "Nothing is left to do."


UNDO_WINDOW = timedelta(hours=24)
"""How long a removed payee can be put back, by the bank's clock."""
MAX_PAYEES = 500


def cooling_until(*, added_at: datetime, cooling_off: timedelta) -> datetime | None:
    """Give until when a new payee gets small amounts only; None: from the start as much as you like."""
    return added_at + cooling_off if cooling_off else None


def undo_until(removed_at: datetime | None) -> datetime | None:
    """Give until when a removed payee can be put back; None: it is not removed."""
    return None if removed_at is None else removed_at + UNDO_WINDOW


def require_restorable(*, removed_at: datetime | None, at: datetime) -> None:
    """Refuse to put back what is there, or was removed longer ago than the window.

    :raises NotRemoved, UndoOver: accordingly
    """
    until = undo_until(removed_at)
    if until is None:
        raise NotRemoved
    if at >= until:
        raise UndoOver
