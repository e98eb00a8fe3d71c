"""What the door leaves in the audit trail by itself, once it knows how a request ended.

* A refused command: who tried what, and the code of the refusal.
* A command whose use case left no record of its own: that it was done. So no route can be forgotten.
* What a member of staff was shown of a customer (`looked_at`): one record per customer. It is kept before the answer
  goes out, and without it there is no answer.
"""

import json
from typing import Any

from shared.contracts.caller import Caller
from shared.observability.context import Deeds, current_context, current_request_id
from shared.store.audit import AuditRecord
from shared.store.witness import VIEW, look_of, refusal_of, subject_of
from shared.web.visit import Visit


def records_of(visit: Visit, *, status: int, code: str | None = None, replayed: bool = False) -> list[AuditRecord]:
    """Give what is to be kept of a request that ended with this status; nothing of one without a caller."""
    caller, row = visit.caller, visit.row
    if caller.user_id is None and caller.service is None:
        return []
    context = current_context()
    deeds = context.deeds if context is not None else Deeds()
    if deeds.passed_on or replayed:
        return []  # the ledger's writer keeps its commands' records; a replay is no second command
    reads = row.method == "GET" or row.reads
    if status < 300 and reads:
        shown = sorted(one for one in deeds.looked_at if one != caller.customer_id)
        return [_view(visit, one) for one in shown] if is_look(caller) else []
    if row.method == "GET":
        return []
    if 400 <= status < 500:
        route, request_id = f"{row.method} {row.path}", current_request_id()
        return [refusal_of(caller, route, dict(visit.path_ids), status=status, code=code, request_id=request_id)]
    return [_done(visit, status)] if status < 300 and not deeds.audited else []


def is_look(caller: Caller) -> bool:
    """Tell whether what this caller is shown of a customer is recorded: a person's who works here, not a service's."""
    return caller.is_staff and caller.service is None


def code_of(body: bytes) -> str | None:
    """Read the code of a problem."""
    try:
        problem: Any = json.loads(body)
    except ValueError:
        return None
    code = problem.get("code") if isinstance(problem, dict) else None
    return code if isinstance(code, str) else None


def _done(visit: Visit, status: int) -> AuditRecord:
    row = visit.row
    return _record(
        visit.caller, f"{row.method} {row.path}", "route", subject_of(dict(visit.path_ids)), {"status": status}
    )


def _view(visit: Visit, customer_id: str) -> AuditRecord:
    caller, row = visit.caller, visit.row
    return _record(caller, VIEW, "customer", customer_id, look_of(caller, f"{row.method} {row.path}"))


def _record(caller: Caller, command: str, kind: str, subject: str, after: dict[str, Any]) -> AuditRecord:
    return AuditRecord(caller, command, kind, subject, after=after, request_id=current_request_id())
