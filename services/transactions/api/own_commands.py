"""The ledger's own commands over HTTP, for its worker where the writer's socket is not on the same machine; and those
of `accounts`.

Each names its body, which the writer reads: the door refuses fields on a route that says it has none.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.transactions.api.ledger import Key, LedgerLane, body_of
from services.transactions.use_cases.book_cosigned import CosignedOrder
from services.transactions.use_cases.book_order import OrderTransfer
from services.transactions.use_cases.close_business_date import CloseDateOrder
from services.transactions.use_cases.execute_approved import ApprovedOrder
from services.transactions.use_cases.move_clock import ClockOrder

router = APIRouter(prefix="/internal", include_in_schema=False)


@router.post("/business-date/close", openapi_extra=body_of(CloseDateOrder))
async def close_date(request: Request, ledger: LedgerLane, key: Key) -> Response:
    """Close the business date and open the next one."""
    return await ledger.forward(request, key)


@router.post("/order-transfers", openapi_extra=body_of(OrderTransfer))
async def book_order(request: Request, ledger: LedgerLane, key: Key) -> Response:
    """Book an occurrence of a standing order."""
    return await ledger.forward(request, key)


@router.post("/approved-commands/{approval_id}", openapi_extra=body_of(ApprovedOrder))
async def execute_approved(request: Request, ledger: LedgerLane, key: Key) -> Response:
    """Execute a command that a second person has approved."""
    return await ledger.forward(request, key)


@router.post("/cosigned-transfers/{cosignature_id}", openapi_extra=body_of(CosignedOrder))
async def book_cosigned(request: Request, ledger: LedgerLane, key: Key) -> Response:
    """Book a transfer that all owners of its account have signed."""
    return await ledger.forward(request, key)


@router.post("/clock", openapi_extra=body_of(ClockOrder))
async def move_clock(request: Request, ledger: LedgerLane, key: Key) -> Response:
    """Move the sandbox's clock ahead."""
    return await ledger.forward(request, key)
