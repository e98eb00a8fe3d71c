"""What every service answers beside its own routes: health, metrics, its facts from a sequence on, its snapshot."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from sqlmodel import Session
from starlette.responses import JSONResponse, Response

from shared.observability.metrics import METRICS_MEDIA_TYPE, render_metrics
from shared.store.audit import record_audit
from shared.store.audit_queries import AuditFilter, list_audit
from shared.store.bank_clock import read_offset
from shared.store.chains import CHECKED_AT_ONCE, check_audit
from shared.store.engine import Store
from shared.store.job_queries import list_job_runs, run_job_again, shown, summarise_jobs
from shared.store.outbox_queries import events_after, head, oldest_sequence
from shared.store.witness import VIEW
from shared.web.dependencies import CurrentCaller
from shared.web.problems import problem_response
from shared.web.refusals import Gone

Snapshot = Callable[[Session], dict[str, Any]]


class FactsGone(Gone):
    """The facts after this sequence are no longer kept: rebuild from the snapshot."""

    code = "facts.gone"
    title = "Facts that old are no longer kept; rebuild from the snapshot"
    next_step = "Rebuild from GET /internal/snapshot and go on from its sequence."


class Readiness:
    """Whether this process takes work: off until it has started, and off again while it drains."""

    def __init__(self) -> None:
        """Begin not ready."""
        self.started = False
        self.draining = False

    @property
    def is_on(self) -> bool:
        """Tell whether work is taken."""
        return self.started and not self.draining


def health_router(store: Store, readiness: Readiness) -> APIRouter:
    """Make /livez, /readyz and /metrics; they need no token and never pass the gateway."""
    router = APIRouter(include_in_schema=False)

    @router.get("/livez")
    async def livez() -> dict[str, str]:
        """Say that the process runs; depends on nothing."""
        return {"status": "alive"}

    @router.get("/readyz")
    def readyz() -> Response:
        """Say whether work is taken: started, not draining, and the own store answers."""
        reason = "" if readiness.is_on else ("draining" if readiness.draining else "starting")
        if not reason:
            try:
                store.ping()
            except Exception:  # noqa: BLE001  (whatever the driver raises, the store does not answer)
                reason = "store"
        if reason:
            return problem_response("service.not-ready", numbers={"reason": reason}, headers={"retry-after": "1"})
        return JSONResponse({"status": "ready"})

    @router.get("/metrics")
    def metrics() -> Response:
        """Give this process' metrics."""
        return Response(render_metrics(), headers={"content-type": METRICS_MEDIA_TYPE})

    return router


def facts_router(store: Store, snapshot: Snapshot | None) -> APIRouter:
    """Make the routes by which other services catch up: /internal/events and /internal/snapshot."""
    router = APIRouter(prefix="/internal", include_in_schema=False)

    @router.get("/events")
    def list_events(
        after: Annotated[int, Query(ge=0, le=2**53)] = 0, limit: Annotated[int, Query(ge=1, le=1000)] = 200
    ) -> JSONResponse:
        """Give the facts after a sequence in order, with the head they lead to."""
        with store.read() as session:
            oldest = oldest_sequence(session)
            top = head(session)
            if after < top.sequence and (oldest is None or oldest > after + 1):
                raise FactsGone(oldest_sequence=oldest)
            items = events_after(session, after, limit)
        page = {"lane": top.lane, "epoch": top.epoch, "parent_sequence": top.parent_sequence}
        return JSONResponse({**page, "head_sequence": top.sequence, "head_hash": top.hash, "events": items})

    _add_trail(router, store)

    @router.get("/snapshot")
    def read_snapshot() -> JSONResponse:
        """Give the state that the facts up to `head` add up to, read in one snapshot: {head, …the service's own}."""
        with store.read() as session:
            top = head(session)
            state = snapshot(session) if snapshot is not None else {}
            clock = read_offset(session, store.plumbing.bank_clock)
        return JSONResponse({**state, "clock_offset_seconds": clock, "head": asdict(top)})

    return router


def _add_trail(router: APIRouter, store: Store) -> None:
    @router.get("/audit/check")
    def check(after: Annotated[int, Query(ge=0, le=2**53)] = 0) -> JSONResponse:
        """Check a piece of the audit trail's chain."""
        with store.read() as session:
            return JSONResponse(check_audit(session, after=after, limit=CHECKED_AT_ONCE))

    @router.get("/audit")
    def read_audit(
        below: Annotated[int | None, Query(ge=1, le=2**53)] = None,
        limit: Annotated[int, Query(ge=1, le=201)] = 50,
        actor: Annotated[str | None, Query(max_length=128)] = None,
        subject: Annotated[str | None, Query(max_length=200)] = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> JSONResponse:
        """Give the audit trail, newest first: identity shows it to auditors, merged with those of the others."""
        wanted = AuditFilter(actor=actor, subject=subject, since=since, until=until)
        with store.read() as session:
            return JSONResponse({"items": list_audit(session, wanted, below=below, limit=limit)})

    @router.get("/looks")
    def read_looks(
        customer_id: Annotated[str, Query(max_length=128)],
        below: Annotated[int | None, Query(ge=1, le=2**53)] = None,
        limit: Annotated[int, Query(ge=1, le=201)] = 50,
    ) -> JSONResponse:
        """Give who of the staff was shown a customer's data here, newest first: accounts shows it to the customer."""
        wanted = AuditFilter(command=VIEW, subject=f"customer:{customer_id}")
        with store.read() as session:
            return JSONResponse({"items": list_audit(session, wanted, below=below, limit=limit)})


def jobs_router(store: Store) -> APIRouter:
    """Make the routes by which staff see and push the jobs of all services: `transactions` asks each of them."""
    router = APIRouter(prefix="/internal/jobs", include_in_schema=False)

    @router.get("")
    def list_kinds() -> JSONResponse:
        """Give every kind of job with its counts, last and next run."""
        with store.read() as session:
            return JSONResponse({"items": [shown(one) for one in summarise_jobs(session)]})

    @router.get("/{kind}/runs")
    def list_runs(
        kind: str,
        state: Annotated[str | None, Query()] = None,
        before: Annotated[str | None, Query()] = None,
        limit: Annotated[int, Query(ge=1, le=201)] = 50,
    ) -> JSONResponse:
        """Give the runs of a kind, the newest first."""
        with store.read() as session:
            found = list_job_runs(session, kind, state=state, before=before, limit=limit)
        return JSONResponse({"items": [shown(one) for one in found]})

    @router.post("/{job_id}/run-again")
    def run_again(job_id: str, caller: CurrentCaller) -> JSONResponse:
        """Make a job due now, if it waits, failed or is on a schedule; who asked for it is kept."""
        with store.write() as session:
            run, due = run_job_again(session, job_id)
            if due:
                record_audit(session, caller=caller, command="run-job-again", subject_type="job", subject_id=job_id)
        return JSONResponse({"run": shown(run) if run else None, "is_due": due})

    return router
