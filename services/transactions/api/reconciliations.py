"""Reconciliation: a bank's statement (CSV or camt.053) compared with the clearing account of its currency.

The file is the body itself, so that `curl --data-binary @statement.xml` and a browser's `fetch(file)` just work.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session
from starlette.responses import Response

from services.transactions.api.reconciliation_schemas import (
    LineAnswer,
    LineList,
    MatchRequest,
    OpenPostingList,
    ReconciliationAnswer,
    ReconciliationList,
    ReconciliationSummary,
    UploadIdentity,
    lines_of,
    postings_of,
    summary_of,
)
from services.transactions.api.schemas import WhyInQuery
from services.transactions.domain.bank_csv import NEEDED, OPTIONAL
from services.transactions.domain.bank_file import read_bank_file
from services.transactions.domain.bank_line import BankFileTooLong, BankFileUnreadable
from services.transactions.domain.reconciliation import (
    DEFAULT_WINDOW_DAYS,
    MAX_WINDOW_DAYS,
    LineAlreadyMatched,
    LineNotMatched,
    MatchDiffers,
    PostingAlreadyMatched,
    ReconciliationNotFound,
    StatementAlreadyReconciled,
)
from services.transactions.domain.reversal import TransactionNotFound
from services.transactions.store import reconciliation_queries as queries
from services.transactions.store.reconciliation_queries import LineState
from services.transactions.use_cases.match_line import match_line
from services.transactions.use_cases.reconcile_statement import Comparison, SentFile, compare, record
from services.transactions.use_cases.unmatch_line import unmatch_line
from shared.contracts.caller import Caller
from shared.contracts.policy.transactions import BANK_FILE
from shared.errors import Unavailable
from shared.store.engine import Store
from shared.store.idempotency import KeyReused
from shared.web.dependencies import BadCursor, CurrentCaller, OptionalIdempotencyKey, Page
from shared.web.idempotent import answer_once
from shared.web.problems import problems
from shared.web.schemas import Currency

router = APIRouter(prefix="/api/v1/reconciliations", tags=["reconciliations"])

_LISTED = 200
_TRIES = 3
_FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": (
            f"The file. CSV: UTF-8, a header line, separated by , or ; – columns {', '.join(NEEDED)} and optionally"
            f" {', '.join(OPTIONAL)}; amounts with a point, negative when money left. XML: camt.053.001.02 to .13."
        ),
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in sorted(BANK_FILE.types)},
    }
}


async def _sent_bytes(request: Request) -> bytes:
    return await request.body()


FileBytes = Annotated[bytes, Depends(_sent_bytes)]
FileName = Annotated[str, Query(max_length=100, pattern=r"^[^\x00-\x1f\x7f-\x9f/\\]*$")]


@router.post(
    "",
    status_code=201,
    response_model=ReconciliationAnswer,
    responses=problems(BankFileUnreadable, BankFileTooLong, StatementAlreadyReconciled, KeyReused),
    openapi_extra=_FILE,
)
def create_reconciliation(
    request: Request,
    caller: CurrentCaller,
    key: OptionalIdempotencyKey,
    raw: FileBytes,
    currency: Annotated[Currency, Query(description="Names the account: clearing in this currency.")],
    window_days: Annotated[int, Query(ge=0, le=MAX_WINDOW_DAYS)] = DEFAULT_WINDOW_DAYS,
    file_name: FileName = "",
) -> Response:
    """Compare a bank's statement with the clearing account of its currency: matched, and unmatched on both sides."""
    store: Store = request.app.state.store
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    statement = read_bank_file(raw, content_type=kind, currency=currency)
    sent = SentFile(statement=statement, sha256=sha256(raw).hexdigest(), name=file_name, window_days=window_days)
    body = UploadIdentity(sha256=sent.sha256, currency=currency, window_days=window_days, file_name=file_name)

    for _ in range(_TRIES):
        try:
            return answer_once(
                store, caller=caller, request=request, key=key, body=body, status=201,
                command=_recording(caller, _compared(store, sent)),
            )  # fmt: skip
        except IntegrityError:
            continue  # somebody matched one of the postings meanwhile: compare again
    raise Unavailable("Others reconcile the same postings now.", retry_after_seconds=1)


def _compared(store: Store, sent: SentFile) -> Comparison | StatementAlreadyReconciled:
    """Compare before the write transaction begins, which must be short. A file that is known is refused only there:
    a repeat with the same key gets its first answer."""
    with store.read() as session:
        try:
            return compare(session, sent)
        except StatementAlreadyReconciled as known:
            return known


def _recording(
    caller: Caller, compared: Comparison | StatementAlreadyReconciled
) -> Callable[[Session], ReconciliationAnswer]:
    def command(session: Session) -> ReconciliationAnswer:
        if isinstance(compared, StatementAlreadyReconciled):
            raise compared
        return _whole(session, record(session, compared, caller=caller))

    return command


@router.get("", responses=problems(BadCursor))
def list_reconciliations(
    request: Request, caller: CurrentCaller, page: Page, currency: Annotated[Currency | None, Query()] = None
) -> ReconciliationList:
    """Give reconciliations, newest first."""
    store: Store = request.app.state.store
    with store.read() as session:
        found = queries.list_reconciliations(session, currency=currency, below=page.after, limit=page.limit + 1)
    items, after = page.cut(found, lambda row: str(row.id))
    return ReconciliationList(items=[ReconciliationSummary(**summary_of(row)) for row in items], next=after)


@router.get("/{reconciliation_id}", responses=problems(ReconciliationNotFound))
def get_reconciliation(request: Request, caller: CurrentCaller, reconciliation_id: str) -> ReconciliationAnswer:
    """Give one reconciliation as it is now: matches by hand count."""
    store: Store = request.app.state.store
    with store.read() as session:
        return _whole(session, reconciliation_id)


@router.get("/{reconciliation_id}/lines", responses=problems(ReconciliationNotFound, BadCursor))
def list_reconciliation_lines(
    request: Request, caller: CurrentCaller, reconciliation_id: str, page: Page, state: LineState | None = None
) -> LineList:
    """Give the lines of a statement in the order of the file, all of them or by state."""
    store: Store = request.app.state.store
    above = _number(page.after)
    with store.read() as session:
        row = _row(session, reconciliation_id)
        found = queries.list_lines(session, row.id, state=state, above=above, limit=page.limit + 1)
    items, after = page.cut(found, lambda line: str(line.line))
    return LineList(items=lines_of(items, row.currency), next=after)


@router.get("/{reconciliation_id}/unmatched-postings", responses=problems(ReconciliationNotFound, BadCursor))
def list_unmatched_postings(
    request: Request, caller: CurrentCaller, reconciliation_id: str, page: Page
) -> OpenPostingList:
    """Give the account's postings in the statement's period that no line is matched to, oldest first."""
    store: Store = request.app.state.store
    sequence, _, leg = (page.after or "").partition(".")
    above = None if page.after is None else (_number(sequence) or 0, _number(leg) or 0)
    with store.read() as session:
        row = _row(session, reconciliation_id)
        within = (row.first_sequence, row.end_sequence)
        found = queries.open_postings(session, row.account_id, within, above=above, limit=page.limit + 1)
    items, after = page.cut(found, lambda one: f"{one.sequence}.{one.leg}")
    return OpenPostingList(items=postings_of(items, row.currency), next=after)


@router.post(
    "/{reconciliation_id}/lines/{line}/match",
    response_model=LineAnswer,
    responses=problems(
        ReconciliationNotFound, LineAlreadyMatched, TransactionNotFound, MatchDiffers, PostingAlreadyMatched, KeyReused
    ),
)
def match_reconciliation_line(
    request: Request,
    caller: CurrentCaller,
    key: OptionalIdempotencyKey,
    reconciliation_id: str,
    line: int,
    body: MatchRequest,
) -> Response:
    """Match a line to a transaction by hand, with a reason; both must be open, and direction and amount agree."""

    def command(session: Session) -> LineAnswer:
        match_line(
            session,
            caller=caller,
            reconciliation_id=reconciliation_id,
            line=_line_number(line),
            transaction_id=body.transaction_id,
            reason=body.reason,
        )
        return _line(session, reconciliation_id, line)

    store: Store = request.app.state.store
    return answer_once(store, caller=caller, request=request, key=key, body=body, status=200, command=command)


@router.delete("/{reconciliation_id}/lines/{line}/match", responses=problems(ReconciliationNotFound, LineNotMatched))
def unmatch_reconciliation_line(
    request: Request, caller: CurrentCaller, reconciliation_id: str, line: int, reason: WhyInQuery = None
) -> LineAnswer:
    """Take a match back, whether a rule or a person made it; the audit trail keeps it."""
    store: Store = request.app.state.store
    with store.write() as session:
        number = _line_number(line)
        unmatch_line(session, caller=caller, reconciliation_id=reconciliation_id, line=number, reason=reason)
        return _line(session, reconciliation_id, line)


def _row(session: Session, reconciliation_id: str) -> Any:
    found = queries.find_reconciliation(session, reconciliation_id)
    if found is None:
        raise ReconciliationNotFound("There is no reconciliation with this id.")
    return found


def _line(session: Session, reconciliation_id: str, line: int) -> LineAnswer:
    row = _row(session, reconciliation_id)
    return lines_of([queries.find_line(session, reconciliation_id, line)], row.currency)[0]


def _whole(session: Session, reconciliation_id: str) -> ReconciliationAnswer:
    row = _row(session, reconciliation_id)
    within = (row.first_sequence, row.end_sequence)
    matched = queries.count_matches(session, row.id)

    def lines(state: LineState) -> list[LineAnswer]:
        return lines_of(queries.list_lines(session, row.id, state=state, above=None, limit=_LISTED), row.currency)

    return ReconciliationAnswer(
        **summary_of(row),
        matched_count=matched,
        unmatched_line_count=row.line_count - matched,
        unmatched_posting_count=queries.count_open_postings(session, row.account_id, within),
        matched=lines("matched"),
        unmatched_lines=lines("unmatched"),
        unmatched_postings=postings_of(
            queries.open_postings(session, row.account_id, within, limit=_LISTED), row.currency
        ),
    )


_DIGITS = re.compile(r"[0-9]{1,18}", re.ASCII)


def _number(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not _DIGITS.fullmatch(cursor):
        raise BadCursor
    return int(cursor)


def _line_number(line: int) -> int:
    """Check that a line's number is one that the store can hold; a larger one is no line of ours."""
    if not 0 < line < 2**31:
        raise ReconciliationNotFound("There is no such line.")
    return line
