"""What Schemathesis needs to know of this bank: whose token goes with a case, and what a refusal must be.

Loaded by `st run` in its own process (`schemathesis.toml`); `BANK_URL` is the gateway that it attacks.
"""

import itertools
import json
import os
from pathlib import Path
from typing import Any

import schemathesis

from tests.attacks.people import DEMO_PEOPLE, demo_login

_TURN = itertools.count()
_ROLES: dict[str, str] = {}
_CODES = {problem["code"] for problem in json.loads(Path("gateway/problems.json").read_text())["problems"]}
# The words of pydantic's own constraints; what a validator of ours refuses, it says in words of its own.
_CONSTRAINT = ("Field required", "Extra inputs", "Input should", "String should", "List should", "Value should")


def role_of(case: Any, context: Any) -> str:
    """Give the role that asks in a case: those that the operation is for take turns, every fifth time any role."""
    if case.id not in _ROLES:
        turn = next(_TURN)
        allowed = context.operation.definition.raw.get("x-roles") or sorted(DEMO_PEOPLE)
        known = [role for role in allowed if role in DEMO_PEOPLE]
        choice = sorted(DEMO_PEOPLE) if turn % 5 == 4 else known
        _ROLES[case.id] = choice[turn % len(choice)]
    return _ROLES[case.id]


@schemathesis.auth(refresh_interval=200, cache_by_key=role_of)
class DemoPeople:
    """Each case comes with a good token; one that the case before ended is replaced."""

    def get(self, case: Any, context: Any) -> str:
        """Sign in as the role that asks."""
        return demo_login(os.environ["BANK_URL"], role_of(case, context))

    def set(self, case: Any, data: str, _context: Any) -> None:
        """Send the token."""
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: dict[str, Any]) -> None:
    """Move the clock by one day where ten years were asked for: each day is ended by a job, and that takes its time."""
    if case.path.endswith("/business-date/advance") and isinstance(case.body, dict):
        days = case.body.get("days")
        if type(days) is int and days > 1:
            case.body["days"] = 1


@schemathesis.check
def refused_by_a_rule(_context: Any, response: Any, case: Any) -> None:
    """What is refused, is refused with a code that the bank has published, and with where to go from there.

    What fits the schema is not refused for a constraint: the document would not say what the service checks.
    """
    if response.status_code < 400 or case.method == "HEAD":
        return
    problem = response.json()
    assert problem["code"] in _CODES, f"{problem['code']} is not in gateway/problems.json"
    assert problem["status"] == response.status_code
    assert problem["next_step"], "a refusal without a next step"
    positive = case.meta is not None and case.meta.generation.mode.is_positive
    if not positive or problem["code"] != "request.invalid":
        return
    unsaid = [
        error
        for error in problem["errors"]
        if error["message"].startswith(_CONSTRAINT) and not _is_whole_float(error, case.body)
    ]
    assert not unsaid, f"the document does not say it: {unsaid}"


def _is_whole_float(error: dict[str, str], body: Any) -> bool:
    """Tell whether it is about 12.0, which a schema's `integer` takes and a bank does not (DESIGN §2)."""
    return error["message"] == "Input should be a valid integer" and _holds_whole_float(body)


def _holds_whole_float(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_whole_float, value.values()))
    if isinstance(value, list):
        return any(map(_holds_whole_float, value))
    return isinstance(value, float) and value.is_integer()
