"""Moving money: deposits, withdrawals, transfers. Repeating a call with the same Idempotency-Key books it once."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.transactions.api.ledger import DryRun, Key, LedgerLane, StepUpToken, body_of
from services.transactions.api.schemas import WAITS, WAITS_FOR_OWNERS, BatchAnswer, TransactionAnswer
from services.transactions.domain.access import CashAtTellerOnly
from services.transactions.domain.cooling_off import PayeeCoolingOff
from services.transactions.domain.cosignature import CosignatureRequired
from services.transactions.domain.funds import InsufficientFunds
from services.transactions.domain.journal_entry import BalanceOutOfRange, SameAccount
from services.transactions.domain.ledger_account import (
    AccountFrozen,
    AccountNotFound,
    AccountNotOpen,
    CurrencyMismatch,
    PayeeNotFound,
)
from services.transactions.domain.limits import LimitExceeded
from services.transactions.domain.value_date import BackValueNotAllowed, BadValueDate
from services.transactions.use_cases.book_batch import BatchRefused
from services.transactions.use_cases.orders import BatchOrder, CashOrder, ContractOrder, TransferOrder
from services.transactions.use_cases.put_ledger_account import AccountNotEmpty, ContractFixed, PayoutOverLimit
from services.transactions.writing.queue import QueueFull
from shared.clients.step_up import StepUpRequired
from shared.store.idempotency import KeyReused
from shared.web.problems import problems

router = APIRouter(tags=["money"])

_ALWAYS = (
    AccountNotFound, AccountNotOpen, AccountFrozen, CurrencyMismatch, BalanceOutOfRange, BackValueNotAllowed,
    BadValueDate, KeyReused, QueueFull,
)  # fmt: skip


@router.post(
    "/api/v1/deposits",
    status_code=201,
    response_model=TransactionAnswer,
    responses=WAITS | problems(*_ALWAYS, CashAtTellerOnly),
    openapi_extra=body_of(CashOrder),
)
async def create_deposit(request: Request, ledger: LedgerLane, key: Key, dry_run: DryRun = False) -> Response:
    """Pay money into an account: a teller into any, an owner where the product allows.

    A large one at a desk waits for a second person.
    """
    return await ledger.forward(request, key, dry_run=dry_run)


@router.post(
    "/api/v1/withdrawals",
    status_code=201,
    response_model=TransactionAnswer,
    responses=WAITS | problems(*_ALWAYS, CashAtTellerOnly, CosignatureRequired, InsufficientFunds, LimitExceeded),
    openapi_extra=body_of(CashOrder),
)
async def create_withdrawal(request: Request, ledger: LedgerLane, key: Key, dry_run: DryRun = False) -> Response:
    """Pay money out of an account: a teller out of any, an owner where the product allows.

    A large one at a desk waits for a second person.
    """
    return await ledger.forward(request, key, dry_run=dry_run)


@router.post(
    "/api/v1/transfers",
    status_code=201,
    response_model=TransactionAnswer,
    responses=WAITS_FOR_OWNERS
    | problems(*_ALWAYS, PayeeNotFound, SameAccount, InsufficientFunds, LimitExceeded, PayeeCoolingOff, StepUpRequired),
    openapi_extra=body_of(TransferOrder),
)
async def create_transfer(
    request: Request, ledger: LedgerLane, key: Key, dry_run: DryRun = False, step_up: StepUpToken = None
) -> Response:
    """Move money to another account of the bank, named by its number or its id.

    A large amount, and the first larger one to a payee, need a `Step-Up`: the refusal says what to confirm. Where all
    owners of the account sign together, it waits for the others.
    """
    return await ledger.forward(request, key, dry_run=dry_run, step_up=step_up)


@router.post(
    "/api/v1/transfers/batch",
    status_code=201,
    response_model=BatchAnswer,
    responses=problems(BatchRefused, KeyReused, QueueFull, StepUpRequired),
    openapi_extra=body_of(BatchOrder),
)
async def create_transfer_batch(
    request: Request, ledger: LedgerLane, key: Key, dry_run: DryRun = False, step_up: StepUpToken = None
) -> Response:
    """Book up to 1,000 transfers as one command: all or none (`atomic`), or each for itself with its own result.

    If one of them needs a `Step-Up`, the batch does: one token confirms all of it, and without it none is booked.
    """
    return await ledger.forward(request, key, dry_run=dry_run, step_up=step_up)


@router.put(
    "/internal/ledger-accounts/{account_id}",
    include_in_schema=False,
    responses=problems(AccountNotEmpty, ContractFixed, PayoutOverLimit),
    openapi_extra=body_of(ContractOrder),
)
async def put_ledger_account(request: Request, ledger: LedgerLane, key: Key) -> Response:
    """Take over an account's contract; a lower version is ignored, an equal one replays."""
    return await ledger.forward(request, key)
