"""The ledger's own commands over HTTP, for its worker where the writer's socket is not on the same machine."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.transactions.api.ledger import Key, LedgerLane

router = APIRouter(prefix="/internal", include_in_schema=False)


@router.post("/business-date/close")
async def close_date(request: Request, ledger: LedgerLane, key: Key) -> Response:
    """Close the business date and open the next one."""
    return await ledger.forward(request, key)


@router.post("/order-transfers")
async def book_order(request: Request, ledger: LedgerLane, key: Key) -> Response:
    """Book an occurrence of a standing order."""
    return await ledger.forward(request, key)


@router.post("/clock")
async def move_clock(request: Request, ledger: LedgerLane, key: Key) -> Response:
    """Move the sandbox's clock ahead."""
    return await ledger.forward(request, key)
