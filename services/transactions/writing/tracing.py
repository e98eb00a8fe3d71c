"""The span of a command: from its frame to its answer, so with its wait in the queue, its commit and the anchor."""

from collections.abc import Callable

from services.transactions.writing.submission import Answer
from shared.clock import now_ns
from shared.observability.context import accept_traceparent
from shared.observability.tracing import record_span


def begin_span(
    command: str, parent: str | None, answer: Callable[[Answer], None]
) -> tuple[str, Callable[[Answer], None]]:
    """Give the span's own `traceparent`, which the command's facts carry on, and the reply that also ends the span."""
    own, began_ns = accept_traceparent(parent), now_ns()

    def ends(given: Answer) -> None:
        ended_ns = now_ns()  # once it is sent, the caller may be done before we are
        answer(given)
        record_span(
            f"ledger {command}",
            traceparent=own,
            parent=parent,
            kind="SERVER",
            began_ns=began_ns,
            attributes={"bank.command": command, "http.response.status_code": given.status},
            failed=given.status >= 500,
            ended_ns=ended_ns,
        )

    return own, ends
