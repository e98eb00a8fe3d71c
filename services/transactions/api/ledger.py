"""The lane from the HTTP door to the writer: a command's request becomes a frame, its answer a response."""

from typing import Annotated, Any

from fastapi import Depends, Header, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from shared.clients.frames import FrameClient
from shared.observability.context import (
    current_request_id,
    current_traceparent,
    deadline_after,
    note_passed_on,
    remaining_seconds,
)
from shared.web.dependencies import OptionalIdempotencyKey
from shared.web.door import bearer_token
from shared.web.visit import visit_of

DEADLINE_SECONDS = 10.0
"""How long a command without a deadline of its own may wait for the writer."""

LONGEST_SECONDS = 30.0
"""How long any command may wait, whatever deadline its caller names."""


class Ledger:
    """Hands commands to the writer. It decides nothing: token, role, shape and rules are all checked there."""

    def __init__(self, client: FrameClient) -> None:
        """Use this process' connection to the writer."""
        self._client = client

    async def forward(
        self, request: Request, key: str | None, *, dry_run: bool = False, step_up: str | None = None
    ) -> Response:
        """Send a command and give the writer's answer; a dry run is decided alike and changes nothing.

        :raises Unavailable: if the writer does not answer before the deadline
        """
        visit = visit_of(request)
        note_passed_on()  # the writer keeps the record of what becomes of it
        left = remaining_seconds()
        seconds = DEADLINE_SECONDS if left is None else min(max(0.05, left), LONGEST_SECONDS)
        answer = await self._client.call(
            timeout_seconds=seconds,
            route=f"{visit.row.method} {visit.row.path}",
            token=bearer_token(request.scope),
            key=key,
            body=await request.body(),
            request_id=current_request_id() or "",
            path_ids=dict(visit.path_ids),
            deadline=deadline_after(seconds),  # nobody waits for it after that
            traceparent=current_traceparent(),
            dry_run=dry_run,
            step_up=step_up,
        )
        kind = "application/json" if answer.status < 400 else "application/problem+json"
        return Response(answer.body, answer.status, dict(answer.headers), kind)


def ledger_of(request: Request) -> Ledger:
    """Give the app's lane to the writer."""
    lane: Ledger = request.app.state.ledger
    return lane


LedgerLane = Annotated[Ledger, Depends(ledger_of)]
Key = OptionalIdempotencyKey
DryRun = Annotated[bool, Query(description="Decide and answer as if, but change nothing; needs no key.")]

StepUpToken = Annotated[
    str | None, Header(alias="Step-Up", description="A token of POST /auth/step-up that approves this very command.")
]


def body_of(order: type[BaseModel]) -> dict[str, Any]:
    """Document a body that the writer validates, from the same model that it validates with."""
    schema = order.model_json_schema(ref_template="#/components/schemas/{model}")
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}
