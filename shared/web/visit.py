"""What the door knows about a request once it let it in: the policy row, the caller, the parsed body."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from shared.contracts.caller import Caller
from shared.contracts.policy.row import PolicyRow

SCOPE_KEY = "bank.visit"


@dataclass(slots=True)
class Visit:
    """One request that passed the door."""

    row: PolicyRow
    path_ids: tuple[tuple[str, str], ...]
    caller: Caller
    body: Any = None
    """The strictly parsed JSON body; None when there was none."""


def visit_of(request: Request) -> Visit:
    """Give what the door found out about this request."""
    visit: Visit = request.scope[SCOPE_KEY]
    return visit
