"""Interest on an account: what it earns, what has accrued, what was posted, and the worksheet of each posting."""

import csv
import io
from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from services.transactions.api.interest_schemas import (
    InterestCredit,
    InterestPostingList,
    InterestSummary,
    InterestTier,
    Worksheet,
    WorksheetRow,
)
from services.transactions.domain.access import require_reader
from services.transactions.domain.day_count import UNIT
from services.transactions.domain.interest import KINDS, accrue_day, in_minor_units, period_end, round_half_even
from services.transactions.domain.ledger_account import AccountNotFound, LedgerAccount
from services.transactions.domain.worksheet import NoSuchPosting, formula_safe
from services.transactions.store.day_store import last_sequence
from services.transactions.store.interest_queries import interest_booked, worksheet_rows
from services.transactions.store.interest_store import position_of
from services.transactions.store.ledger_queries import find_account
from services.transactions.store.ledger_store import read_business_date
from services.transactions.store.own_posting_store import OwnPosting, find_posting, list_postings
from services.transactions.store.terms_store import load_terms_book
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.store.engine import Store
from shared.web.dependencies import CurrentCaller
from shared.web.problems import also_as, problems

router = APIRouter(prefix="/api/v1/interest", tags=["interest"])


def _readable(session: Session, caller: Caller, account_id: str) -> LedgerAccount:
    account = require_reader(caller, find_account(session, account_id))
    if account.is_internal:
        raise AccountNotFound("There is no customer's account with this id.")
    return account


@router.get("/{account_id}", responses=problems(AccountNotFound))
def get_interest(request: Request, caller: CurrentCaller, account_id: str) -> InterestSummary:
    """Give rate, what has accrued, what was credited, what a day brings at today's balance, and the next date."""
    store: Store = request.app.state.store
    with store.read() as session:
        account = _readable(session, caller, account_id)
        return _summary(session, account, read_business_date(session) or bank_now().date())


def _summary(session: Session, account: LedgerAccount, day: date) -> InterestSummary:
    book = load_terms_book(session)
    terms = book.on(account.product, day)
    credit, debit = (book.tiers(account.product, kind, day) for kind in KINDS)
    today = accrue_day(
        day=day, balance_minor=account.booked_minor, credit=credit, debit=debit, day_count=terms.day_count
    )
    position = position_of(session, account.id)
    accrued = position.credit_accrued if position else 0
    charged = position.debit_accrued if position else 0
    projected = (today.accrued if today.kind == "credit" else -today.accrued) if today else 0
    in_force = credit if account.booked_minor >= 0 else debit
    reached = [tier.rate_basis_points for tier in in_force if tier.from_minor <= abs(account.booked_minor)]
    last_day = interest_booked(session, account.id, after=last_sequence(session, bank_now() - timedelta(days=1)))
    total = interest_booked(session, account.id)
    return InterestSummary(
        account_id=account.id,
        product=account.product,
        currency=account.currency,
        day_count=terms.day_count,
        capitalisation=terms.capitalisation,
        rate_basis_points=reached[-1] if reached else 0,
        tiers=[InterestTier(from_minor=one.from_minor, rate_basis_points=one.rate_basis_points) for one in credit],
        overdraft_tiers=[
            InterestTier(from_minor=one.from_minor, rate_basis_points=one.rate_basis_points) for one in debit
        ],
        accrued_minor=round_half_even(accrued),
        accrued=in_minor_units(accrued),
        overdraft_accrued_minor=round_half_even(charged),
        accrued_until=position.accrued_until.isoformat() if position else None,
        credited_last_24h_minor=last_day["credit"],
        credited_total_minor=total["credit"],
        charged_total_minor=total["debit"],
        projected_per_day_minor=round_half_even(projected),
        projected_per_day=in_minor_units(projected),
        next_on=period_end(day, terms.capitalisation).isoformat(),
        credits=[_credit(one) for one in list_postings(session, account.id, entry_type="interest", limit=24)],
    )


def _credit(one: OwnPosting) -> InterestCredit:
    return InterestCredit(
        period=one.period,
        kind="credit" if one.kind == "credit" else "debit",
        direction="credit" if one.direction == "credit" else "debit",
        amount_minor=one.amount_minor,
        currency=one.currency,
        booked_on=one.booked_on.isoformat(),
        state="booked" if one.state == "booked" else "refused" if one.state == "refused" else "intended",
        transaction_id=one.entry_id,
    )


@router.get("/{account_id}/postings", responses=problems(AccountNotFound))
def list_interest_postings(request: Request, caller: CurrentCaller, account_id: str) -> InterestPostingList:
    """List what was posted as interest at the end of each period, the newest first; each has a worksheet."""
    store: Store = request.app.state.store
    with store.read() as session:
        account = _readable(session, caller, account_id)
        found = list_postings(session, account.id, entry_type="interest", limit=200)
    return InterestPostingList(items=[_credit(one) for one in found], next=None)


@router.get(
    "/{account_id}/postings/{period}/{kind}",
    response_model=Worksheet,
    responses={**problems(AccountNotFound, NoSuchPosting), **also_as("text/csv")},
)
def get_worksheet(
    request: Request,
    caller: CurrentCaller,
    account_id: str,
    period: str,
    kind: Literal["credit", "debit"],
    format_: Annotated[Literal["json", "csv"], Query(alias="format")] = "json",
) -> Response:
    """Give how a posting was computed: each day with balance, rates, day count, accrual and carry; JSON or CSV.

    Accruals and carries are whole numbers of `units_per_minor` parts of a minor unit, written as text.
    """
    store: Store = request.app.state.store
    with store.read() as session:
        account = _readable(session, caller, account_id)
        posting = find_posting(session, account.id, period, kind)
        if posting is None:
            raise NoSuchPosting("No interest of this kind was posted for this period.")
        rows = worksheet_rows(session, posting)
    if format_ == "csv":
        name = f"interest-{period}-{kind}.csv"
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(_csv(rows), media_type="text/csv; charset=utf-8", headers=headers)
    sheet = Worksheet(
        **_credit(posting).model_dump(),
        account_id=account.id,
        units_per_minor=str(UNIT),
        opening=str(posting.opening),
        accrued=str(posting.accrued),
        carry=str(posting.carry),
        rows=[WorksheetRow.model_validate(row) for row in rows],
    )
    return Response(sheet.model_dump_json(), media_type="application/json")


_COLUMNS = (
    "day", "booked_on", "balance_minor", "tiers", "day_count", "days", "year_days", "accrued", "carry",
)  # fmt: skip


def _csv(rows: list[dict[str, object]]) -> str:
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(_COLUMNS)
    for row in rows:
        tiers = " ".join(f"{one['from_minor']}:{one['rate_basis_points']}" for one in row["tiers"])  # type: ignore[attr-defined]
        lines.writerow([formula_safe(tiers if name == "tiers" else row[name]) for name in _COLUMNS])
    return text.getvalue()
