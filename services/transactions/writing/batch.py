"""One group commit: load what a batch needs, decide each command in order, write everything, commit once.

A batch that fails is rolled back and replayed one command at a time, so that a faulty command harms only itself.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import structlog
from sqlmodel import Session

from services.transactions.domain.journal_entry import JournalEntry
from services.transactions.store import ledger_store
from services.transactions.store.answer_store import Identity, find_answers, write_answers
from services.transactions.store.approval_store import write_waiting
from services.transactions.store.confirmation_store import Confirmation, write_confirmations
from services.transactions.store.day_store import move_business_date
from services.transactions.store.final_interest_store import write_final_interest
from services.transactions.store.hold_store import write_holds
from services.transactions.store.payee_store import write_new_payee_usage
from services.transactions.use_cases.deciding import Context, Decision
from services.transactions.writing.loading import load_view
from services.transactions.writing.locking import NotLocked, lock_batch, moment_of_booking, require_locked
from services.transactions.writing.metrics import BATCH_SIZE, BOOKED, COMMIT_SECONDS
from services.transactions.writing.submission import Answer, Submission, json_bytes
from services.transactions.writing.view import BatchView
from shared.clock import advance_bank_offset, format_time, now
from shared.errors import BankError, Refusal, Unavailable
from shared.ids import new_id
from shared.store.audit import AuditRecord, write_audit
from shared.store.bank_clock import keep_offset
from shared.store.engine import Store, after_commit
from shared.store.idempotency import KeyReused, StoredAnswer
from shared.store.outbox import Told, chain_facts, read_head, write_facts
from shared.store.retrying import retry_lost
from shared.store.witness import refusal_of
from shared.web.problem_bodies import NEVER_KEPT, describe, is_store_away, status_of

_log = structlog.get_logger("bank.ledger")
_REPLAYED = "Idempotency-Replayed"


@dataclass(slots=True)
class _Run:
    """What one batch reads with and collects to write."""

    view: BatchView
    known: dict[Identity, tuple[str, StoredAnswer]]
    moment: datetime
    entries: list[JournalEntry] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    audits: list[AuditRecord] = field(default_factory=list)
    answered: list[tuple[Identity, str, StoredAnswer]] = field(default_factory=list)
    opens: date | None = None
    clock_offset_seconds: int | None = None


OnBooked = Callable[[tuple[int, str]], None]
"""Takes sequence and hash of the newest entry of each commit that booked something, once it is durable."""


def commit_batch(store: Store, submissions: Sequence[Submission], on_booked: OnBooked | None = None) -> list[Answer]:
    """Book a batch in one durable transaction and give its answers in order; never raises.

    A store that takes nothing (held by another, full) fails all of the batch at once: one by one, each command would
    wait for it again.
    """
    try:
        return retry_lost(lambda: _commit(store, submissions, on_booked), also=(NotLocked,))
    except Exception as broken:  # noqa: BLE001 (whatever broke, the neighbours are booked one by one)
        if len(submissions) == 1 or isinstance(broken, Unavailable) or is_store_away(broken):
            _log.error("batch.failed", size=len(submissions), exc_info=broken)
            return [problem_answer(broken, request_id=one.request_id) for one in submissions]
        _log.warning("batch.replayed-singly", size=len(submissions), fault=type(broken).__name__)
    return [commit_batch(store, [one], on_booked)[0] for one in submissions]


def _commit(store: Store, submissions: Sequence[Submission], on_booked: OnBooked | None) -> list[Answer]:
    started = time.perf_counter()
    with store.write(alone=False) as session:
        lock_batch(session, submissions)
        contexts = _contexts(session, submissions)
        run = _load(session, submissions, contexts)
        answers = [_answer_one(run, one, context) for one, context in zip(submissions, contexts, strict=True)]
        newest = _write(session, run)
    if newest is not None and on_booked is not None:
        on_booked(newest)
    COMMIT_SECONDS.observe(time.perf_counter() - started)
    _count(submissions, answers)
    return answers


def _count(submissions: Sequence[Submission], answers: Sequence[Answer]) -> None:
    BATCH_SIZE.observe(len(submissions))
    results = Counter(zip((one.command.name for one in submissions), map(_result, answers), strict=True))
    for (command, result), times in results.items():
        BOOKED.labels(command, result).inc(times)


def _result(answer: Answer) -> str:
    if _REPLAYED in answer.headers:
        return "replayed"
    return "booked" if answer.status < 300 else "refused"


def _contexts(session: Session, submissions: Sequence[Submission]) -> list[Context]:
    """Give each command the batch's moment and business date, and the id of what it may book."""
    booked_at = moment_of_booking(session)
    day = _business_date(session, booked_at)
    return [Context(one.caller, booked_at, day, new_id(), one.path_ids, one.rules, one.step_up) for one in submissions]


def _business_date(session: Session, booked_at: datetime) -> date:
    """Give the business date; the very first command opens the books. After that only an end of day moves it."""
    day = ledger_store.read_business_date(session)
    if day is None:
        day = booked_at.date()
        move_business_date(session, day)
    return day


def _load(session: Session, submissions: Sequence[Submission], contexts: Sequence[Context]) -> _Run:
    known = find_answers(session, {one.identity for one in submissions if one.identity is not None})
    needs = [one.command.needs(one.order, context) for one, context in zip(submissions, contexts, strict=True)]
    view = load_view(session, needs, {one.step_up.token_id for one in submissions if one.step_up is not None})
    require_locked(session, view.known)
    return _Run(view=view, known=known, moment=now())


def _answer_one(run: _Run, submission: Submission, context: Context) -> Answer:
    try:
        if submission.deadline is not None and submission.deadline < run.moment:
            raise Unavailable("The deadline passed before the command was decided; nothing was booked.")
        identity = None if submission.dry_run else submission.identity
        if identity is not None and identity in run.known:
            return _replay(submission, *run.known[identity])
        status, body = _decide(run, submission, context)
    except BankError as no:
        if isinstance(no, Refusal):
            _note_refusal(run, submission, no)
        return _problem(submission, no)
    if identity is not None and status not in NEVER_KEPT:
        stored = StoredAnswer(status, body.decode())
        run.known[identity] = (submission.fingerprint, stored)
        run.answered.append((identity, submission.fingerprint, stored))
    return Answer(status, body)


def _decide(run: _Run, submission: Submission, context: Context) -> tuple[int, bytes]:
    """Decide a command and take its effect into the run; a refusal is an answer that is kept, too."""
    try:
        decision = submission.command.decide(submission.order, context, run.view)
    except Refusal as refusal:
        _note_refusal(run, submission, refusal)
        answer = _problem(submission, refusal)
        return answer.status, answer.body
    if not submission.dry_run:
        _take_effect(run, submission, decision)
    return decision.status, json_bytes(decision.answer)


def _note_refusal(run: _Run, submission: Submission, no: Refusal) -> None:
    """Keep who tried what; a dry run tries nothing."""
    if not submission.dry_run:
        run.audits.append(
            refusal_of(
                submission.caller,
                " ".join(submission.route.split(" ")[:2]),
                submission.path_ids,
                status=status_of(type(no)),
                code=no.code,
                request_id=submission.request_id,
            )
        )


def _take_effect(run: _Run, submission: Submission, decision: Decision) -> None:
    if decision.contract is not None:  # before its entries: an opening deposit is booked on the account it opens
        run.view.apply_contract(decision.contract)
    for entry in (decision.entry,) if decision.entry is not None else decision.entries:
        run.view.apply_entry(entry)
        run.entries.append(entry)
    if decision.step_up_id is not None:
        run.view.apply_confirmation(_confirmation(submission, decision, decision.step_up_id))
    if decision.final_interest:
        run.view.apply_final_interest(decision.subject_id, decision.final_interest)
    for use in decision.to_new:
        run.view.apply_new_payee(use)
    if decision.hold is not None:
        run.view.apply_hold(decision.hold)
    run.view.apply_waiting(decision.waiting)
    if decision.opens is not None:
        run.opens = decision.opens
    if decision.clock_offset_seconds is not None:
        run.clock_offset_seconds = decision.clock_offset_seconds
    run.told.extend(Told(fact, submission.request_id, submission.traceparent) for fact in decision.facts)
    if decision.facts or decision.contract is not None:
        run.audits.append(_audit(submission, decision))
    _keep_answer_of_own(run, submission, decision)


def _keep_answer_of_own(run: _Run, submission: Submission, decision: Decision) -> None:
    if decision.own_key is None or submission.key is not None:
        return
    identity = (submission.caller.principal, submission.route, decision.own_key)
    stored = StoredAnswer(decision.status, json_bytes(decision.answer).decode())
    run.answered.append((identity, submission.fingerprint, stored))


def _confirmation(submission: Submission, decision: Decision, token_id: str) -> Confirmation:
    return Confirmation(token_id, submission.caller.customer_id or "", decision.subject_id, decision.confirms)


def _audit(submission: Submission, decision: Decision) -> AuditRecord:
    entry = decision.entry
    after = decision.audit_after
    if entry is not None:
        after = {
            "type": entry.type,
            "amount_minor": entry.amount.amount_minor,
            "currency": entry.amount.currency,
            "payer_account_id": entry.payer_account_id,
            "payee_account_id": entry.payee_account_id,
            **(decision.audit_after or {}),
        }
    if after is not None and decision.step_up_id is not None:
        after = {**after, "step_up": decision.step_up_id}
    return AuditRecord(
        caller=submission.caller,
        command=submission.command.name,
        subject_type=decision.subject_type or submission.command.subject_type,
        subject_id=decision.subject_id,
        before=decision.before,
        after=after,
        reason=decision.reason,
        request_id=submission.request_id,
    )


def _write(session: Session, run: _Run) -> tuple[int, str] | None:
    store: Store = session.info["store"]
    at = now()
    view = run.view
    ledger_store.write_contracts(session, list(view.written.values()), known=view.known)
    ledger_store.write_balances(session, [a for a in view.moved.values() if a.id not in view.written])
    newest = ledger_store.write_entries(session, run.entries)
    write_holds(session, list(view.written_holds.values()), known=view.known_holds)
    write_waiting(session, view.written_waiting.values(), known=view.known_waiting)
    write_final_interest(session, view.final_interest)
    write_confirmations(session, view.confirmed, at=at)
    write_new_payee_usage(session, view.new_payee_usage)
    write_answers(session, run.answered, time=format_time(at))
    write_audit(session, run.audits, at=at)
    if run.opens is not None:
        move_business_date(session, run.opens)
    if run.clock_offset_seconds is not None:
        _move_clock(session, run.clock_offset_seconds)
    if run.told:
        facts, head = chain_facts(read_head(session, store.plumbing), run.told, service=store.service, at=at)
        write_facts(session, store.plumbing, head, facts)
    return newest


def _move_clock(session: Session, seconds: int) -> None:
    """Keep how far the bank's clock is ahead; this process follows once that is durable, the others read it."""
    store: Store = session.info["store"]
    if keep_offset(session, store.plumbing.bank_clock, seconds):
        after_commit(session, lambda: advance_bank_offset(seconds))


def _replay(submission: Submission, fingerprint: str, stored: StoredAnswer) -> Answer:
    if fingerprint != submission.fingerprint:
        raise KeyReused("The same Idempotency-Key came with another body; use a new key for a new request.")
    return Answer(stored.status, stored.body.encode(), {_REPLAYED: "true"})


def _problem(submission: Submission, no: BankError) -> Answer:
    return problem_answer(no, request_id=submission.request_id)


def problem_answer(wrong: Exception, *, request_id: str) -> Answer:
    """Give a refusal or a fault as an answer."""
    body, headers = describe(wrong)
    body["request_id"] = request_id
    return Answer(int(body["status"]), json_bytes(body), headers)
