"""What other services ask of the support desk: how many tickets there are, for reports."""

from typing import Any

from fastapi import APIRouter

from services.support.api.dependencies import StoreDep
from services.support.store.ticket_queries import count_tickets

router = APIRouter(prefix="/internal", tags=["internal"], include_in_schema=False)


@router.get("/ticket-counts")
def read_ticket_counts(store: StoreDep) -> dict[str, list[dict[str, Any]]]:
    """Give how many tickets there are of each type, priority and status, and since when the oldest waits."""
    with store.read() as session:
        return {"items": count_tickets(session)}
