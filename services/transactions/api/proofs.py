"""What anyone who audits the bank may ask of the ledger: whether its invariants hold, and all balances at once."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from services.transactions.domain.invariants import INVARIANTS, Invariant
from services.transactions.store.snapshot_queries import balances, snapshot_head
from services.transactions.tasks.watch_invariants import InvariantWatch, Report
from shared.clock import bank_now, format_time
from shared.store.engine import Store

router = APIRouter(prefix="/api/v1/ledger", tags=["ledger"])


class BadRowAnswer(BaseModel):
    """A row that breaks an invariant: where it is, what is wrong, what was expected and found instead."""

    table: str
    key: str
    problem: str
    expected: str
    found: str


class InvariantAnswer(BaseModel):
    """One invariant as it was last checked; `unknown` until the first check since the start has ended."""

    id: str
    title: str
    state: Literal["ok", "violated", "unknown"]
    violations: int
    first: list[BadRowAnswer]
    checked_at: str | None
    scope: str | None


class InvariantList(BaseModel):
    """All invariants, in the order of the registry."""

    items: list[InvariantAnswer]
    next: None = None


class SnapshotTotal(BaseModel):
    """The sums of one currency: the balances of debit-normal accounts equal those of credit-normal ones."""

    currency: str
    accounts: int
    debit_minor: int
    credit_minor: int
    held_minor: int


class SnapshotAccount(BaseModel):
    """One ledger account; `booked_minor` counts in its normal direction."""

    account_id: str
    kind: str
    currency: str
    normal: Literal["debit", "credit"]
    booked_minor: int
    held_minor: int


class SnapshotAnswer(BaseModel):
    """The whole bank as one read transaction saw it, up to and with the entry of this sequence and hash."""

    business_date: str | None
    taken_at: str
    sequence: int
    hash: str
    totals: list[SnapshotTotal]
    accounts: list[SnapshotAccount]


@router.get("/invariants")
def list_invariants(request: Request) -> InvariantList:
    """Tell of each invariant whether it holds, as the check that runs all the time last found it."""
    watch: InvariantWatch = request.app.state.invariants
    report = watch.report
    return InvariantList(items=[_show(invariant, report) for invariant in INVARIANTS])


def _show(invariant: Invariant, report: Report) -> InvariantAnswer:
    tally = report.tallies.get(invariant.id)
    state: Literal["ok", "violated", "unknown"] = "unknown" if tally is None else "violated" if tally.count else "ok"
    return InvariantAnswer(
        id=invariant.id,
        title=invariant.title,
        state=state,
        violations=tally.count if tally else 0,
        first=[BadRowAnswer(**asdict(row)) for row in tally.first] if tally else [],
        checked_at=format_time(report.checked_at) if report.checked_at else None,
        scope=report.scopes.get(invariant.scope),
    )


@router.get("/snapshot", response_class=StreamingResponse, responses={200: {"model": SnapshotAnswer}})
def get_snapshot(request: Request) -> StreamingResponse:
    """Give every account's balances from one read transaction; an answer that was cut off is no whole JSON."""
    store: Store = request.app.state.store
    parts = _snapshot(store)
    first = next(parts)  # what fails before the first byte is a problem like any other
    return StreamingResponse(_joined(first, parts), media_type="application/json")


def _joined(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _snapshot(store: Store) -> Iterator[str]:
    with store.read() as session:
        head = snapshot_head(session)
        shown = {
            "business_date": head.business_date.isoformat() if head.business_date else None,
            "taken_at": format_time(bank_now()),
            "sequence": head.sequence,
            "hash": head.hash,
            "totals": [asdict(total) for total in head.totals],
        }
        yield json.dumps(shown, separators=(",", ":"))[:-1] + ',"accounts":['
        comma = ""
        for part in balances(session):
            yield comma + ",".join(json.dumps(asdict(one), separators=(",", ":")) for one in part)
            comma = ","
        yield "]}"
