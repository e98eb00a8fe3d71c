"""A command on its way to the batch, and the answer it gets."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from services.transactions.domain.bank_rules import NO_RULES, BankRules
from services.transactions.use_cases.deciding import Command
from shared.clients.step_up import StepUp
from shared.contracts.caller import Caller
from shared.errors import Refusal
from shared.web.problem_bodies import describe


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body (JSON bytes) and extra headers of an answer."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Submission:
    """One validated command with the identity of its request and where its answer goes."""

    command: Command
    order: Any
    caller: Caller
    route: str
    key: str | None
    fingerprint: str
    path_ids: dict[str, str]
    request_id: str
    traceparent: str | None
    deadline: datetime | None
    answer: Callable[[Answer], None]
    dry_run: bool = False
    """Decide and answer, but change and keep nothing."""
    rules: BankRules = NO_RULES
    """What the bank has decided for itself: caps, how far back a booking may be valued, what asks for a step-up."""
    step_up: StepUp | None = None

    @property
    def postings(self) -> int:
        """Give how many postings the command may write at most."""
        return 2 * len(getattr(self.order, "transfers", (1,)))

    @property
    def identity(self) -> tuple[str, str, str] | None:
        """Give principal, route and key: equal ones are the same request. None without a key."""
        return (self.caller.principal, self.route, self.key) if self.key is not None else None


def json_bytes(value: Any) -> bytes:
    """Write a JSON body; a refusal inside it (one part of a batch) is written as its problem."""
    return orjson.dumps(value, default=_problem)


def _problem(value: Any) -> dict[str, Any]:
    if not isinstance(value, Refusal):
        raise TypeError(f"{type(value).__name__} is no JSON value.")
    body, _ = describe(value)
    body.pop("request_id", None)  # the whole answer has one
    return body
