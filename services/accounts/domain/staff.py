"""The people who work for the bank."""

from shared.errors import Conflict, Invalid, NotFound


class StaffNotFound(NotFound):
    """There is nobody of that id."""

    code = "accounts.staff-not-found"
    title = "No such member of staff"
    next_step = "Choose one of those that GET /api/v1/staff lists."


class StaffExists(Conflict):
    """Somebody else has this e-mail address or this login."""

    code = "accounts.staff-exists"
    title = "Another member of staff has this address or login"
    next_step = "Look for the person in GET /api/v1/staff."


class BadSupervisor(Invalid):
    """Nobody supervises themself, not even by way of others."""

    code = "accounts.bad-supervisor"
    title = "This person cannot be the supervisor"
    next_step = "Name somebody who does not work under this person."
