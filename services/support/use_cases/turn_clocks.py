"""Turn a ticket's clocks with what happens to it: pause, go on, end, begin anew.

Who: every use case that changes a ticket, in its transaction. Rule: `domain/service_level.py`. Says: nothing.
"""

from datetime import datetime

from sqlmodel import Session

from services.support.domain.service_level import (
    ServiceLevels,
    meet_clock,
    pause_clock,
    resume_clock,
    retarget_clock,
    start_clock,
)
from services.support.domain.ticket import DONE, OPEN, Priority, Status
from services.support.store.clock_store import add_clock, clocks_of, save_clocks
from services.support.store.tables import TicketRow


def turn_clocks(
    session: Session,
    *,
    ticket: TicketRow,
    before: Status,
    levels: ServiceLevels,
    now: datetime,
    answered: bool = False,
    priority: Priority | None = None,
) -> None:
    """Bring the clocks to where the ticket is now; `before` is its status until now.

    `answered`: the desk wrote to the customer. `priority`: the ticket has this priority from now on.
    """
    after = ticket.status
    clocks = clocks_of(session, ticket_id=ticket.id)
    if before in DONE and after in OPEN and clocks:
        # What was promised was kept once; a matter that comes back is promised anew.
        again = start_clock(kind="resolution", levels=levels, priority=ticket.priority, now=now)
        add_clock(session, ticket_id=ticket.id, clock=again)
        return
    for clock in clocks:
        if priority is not None:
            retarget_clock(clock, levels=levels, priority=priority, now=now)
        if after in DONE or (answered and clock.kind == "first-response"):
            meet_clock(clock, now=now)
        elif after == "waiting-on-customer":
            pause_clock(clock, levels=levels, now=now)
        else:
            resume_clock(clock, levels=levels, now=now)
    save_clocks(session, ticket_id=ticket.id, clocks=clocks)
