"""What the bank books by itself: fees, interest, adjustments. Customers never call these."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.transactions.api.ledger import DryRun, Key, LedgerLane, body_of
from services.transactions.api.schemas import TransactionAnswer
from services.transactions.domain.journal_entry import BalanceOutOfRange, SameAccount
from services.transactions.domain.ledger_account import AccountFrozen, AccountNotFound, AccountNotOpen, CurrencyMismatch
from services.transactions.domain.value_date import BackValueNotAllowed, BadValueDate
from services.transactions.use_cases.orders import AdjustmentOrder, FeeOrder, InterestOrder
from services.transactions.writing.queue import QueueFull
from shared.store.idempotency import KeyReused
from shared.web.problems import problems

router = APIRouter(prefix="/api/v1/ledger", tags=["ledger"])

_REFUSALS = (
    AccountNotFound, AccountNotOpen, AccountFrozen, CurrencyMismatch, BackValueNotAllowed, BadValueDate,
    BalanceOutOfRange, KeyReused, QueueFull,
)  # fmt: skip


@router.post(
    "/fees",
    status_code=201,
    response_model=TransactionAnswer,
    responses=problems(*_REFUSALS),
    openapi_extra=body_of(FeeOrder),
)
async def create_fee(request: Request, ledger: LedgerLane, key: Key, dry_run: DryRun = False) -> Response:
    """Charge a customer a fee; it may pass the floor of the account."""
    return await ledger.forward(request, key, dry_run=dry_run)


@router.post(
    "/interest",
    status_code=201,
    response_model=TransactionAnswer,
    responses=problems(*_REFUSALS),
    openapi_extra=body_of(InterestOrder),
)
async def create_interest(request: Request, ledger: LedgerLane, key: Key, dry_run: DryRun = False) -> Response:
    """Pay interest (`credit`), or charge it on an overdraft (`debit`)."""
    return await ledger.forward(request, key, dry_run=dry_run)


@router.post(
    "/adjustments",
    status_code=201,
    response_model=TransactionAnswer,
    responses=problems(*_REFUSALS, SameAccount),
    openapi_extra=body_of(AdjustmentOrder),
)
async def create_adjustment(request: Request, ledger: LedgerLane, key: Key, dry_run: DryRun = False) -> Response:
    """Put the balance of a customer, or of one of the bank's own accounts, right against over-short or suspense."""
    return await ledger.forward(request, key, dry_run=dry_run)
