"""Who may do what, to whose: every operation of the document × eight roles × {own, another's, missing} object.

What must be is said by the policy table alone. A role that the row does not name is refused before anything is looked
up; a customer is told of another's object what is told of a missing one, to the letter.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from shared.contracts.policy.row import ANYONE
from tests.attacks.objects import NONE, Objects, slot_of
from tests.attacks.operations import Operation, operations
from tests.attacks.people import ROLES, Actor, People
from tests.attacks.requests import sendable
from tests.builders.bank import Bank

ENDS_SESSIONS = ("/auth/logout", "/auth/logout-all", "/auth/password/change", "/auth/password/reset", "/auth/totp")
"""After these the next request needs a new token."""
SHAPE = {"request.invalid", "request.idempotency-key", "request.malformed-json", "request.unsupported-media-type"}


@pytest.fixture(scope="module")
def objects(bank: Bank) -> Iterator[Objects]:
    """Give the people and what they own."""
    people = People(bank)
    yield Objects(people)
    people.close()


class Cell:
    """The answers that one role gets from one operation."""

    def __init__(self, objects: Objects, operation: Operation, role: str) -> None:
        self.operation, self.role = operation, role
        self.actor: Actor = objects.people.by_role[role]
        self.slot = slot_of(operation)
        request = sendable(operation, objects.people, self.actor)
        self.answers: dict[str, httpx.Response] = {}
        if self.slot is None:
            self.answers["own"] = request.send(self.actor)
            self.owned, self.sees_any = "nobody", True
            return
        kind = objects.kind(self.slot, operation)
        self.owned = kind.owned
        self.sees_any = kind.seen_by is None or role in kind.seen_by
        whose = {"missing": kind.missing(), "others": objects.others(self.slot, operation)}
        whose["own"] = objects.own(self.slot, operation, self.actor)
        for name, object_id in whose.items():
            if object_id == NONE:
                continue
            self.answers[name] = request.about(self.slot, object_id).send(self.actor)

    @property
    def name(self) -> str:
        """Say which cell it is and what came."""
        told = {whose: (answer.status_code, code_of(answer)) for whose, answer in self.answers.items()}
        return f"{self.operation.name} as {self.role}: {told}"

    def check(self) -> None:
        """Compare what came with what the policy says."""
        row = self.operation.row
        assert row is not None
        for answer in self.answers.values():
            assert answer.status_code < 500, f"{self.name} {said(answer)}"
        if ANYONE not in row.roles and self.role == "anonymous":
            self._all_say(401, "auth.missing-token")
        elif not self.operation.admits(self.role):
            self._all_say(403, "auth.role-not-allowed")
        else:
            self._let_in(private=row.scope == "own")

    def _all_say(self, status: int, code: str) -> None:
        for answer in self.answers.values():
            assert (answer.status_code, code_of(answer)) == (status, code), self.name
        assert len({said(answer) for answer in self.answers.values()}) == 1, self.name

    def _let_in(self, *, private: bool) -> None:
        own = next(self.answers[whose] for whose in ("own", "others", "missing") if whose in self.answers)
        teach = f"{self.name} {said(own)}\nteach FIELDS or BODIES in tests/attacks/requests.py a body that it takes"
        assert code_of(own) not in {"auth.missing-token", "auth.role-not-allowed"}, self.name
        assert code_of(own) not in SHAPE, teach
        if self.slot is None:
            return
        missing = said(self.answers["missing"])
        others = said(self.answers.get("others", self.answers["missing"]))
        is_theirs_alone = self.owned == "user" or (self.owned == "customer" and self.role == "customer")
        is_theirs_alone |= not self.sees_any
        if private and is_theirs_alone:
            assert others == missing, f"{self.name} {others} {missing}"
        elif self.owned == "customer" and "others" in self.answers and "{" in self.operation.path:
            assert others != missing, f"{self.name}: staff of this role do not reach it, though the policy says any"
        if self.operation.path_names:
            assert self.answers["missing"].status_code in (403, 404), self.name
            teach = f"{self.name} {said(own)}\nKINDS in tests/attacks/objects.py makes no own one"
            assert "own" not in self.answers or said(own) != missing, teach


def code_of(answer: httpx.Response) -> str:
    """Give the code of a problem, or nothing."""
    return str(answer.json().get("code", "")) if "problem" in answer.headers.get("content-type", "") else ""


def said(answer: httpx.Response) -> tuple[int, str, str, str]:
    """Give all that tells one answer from another, but for its request id."""
    kind = answer.headers.get("content-type", "")
    told: Any = "" if kind.startswith("text/event-stream") else answer.text
    if kind.startswith("application/") and "json" in kind and answer.content:
        told = {**answer.json(), "request_id": None}
    names = ",".join(sorted(answer.headers))
    return answer.status_code, kind, str(told), names


class TestTheMatrix:
    def test_has_a_policy_row_for_every_operation(self) -> None:
        assert [name for name, operation in operations().items() if operation.row is None] == []

    @pytest.mark.parametrize("name", sorted(operations()))
    def test_holds_for(self, objects: Objects, name: str) -> None:
        operation = operations()[name]
        one_by_one = operation.path.removeprefix("/api/v1") in ENDS_SESSIONS
        with ThreadPoolExecutor(1 if one_by_one else len(ROLES)) as pool:
            cells = list(pool.map(lambda role: _cell(objects, operation, role, one_by_one), ROLES))
        for cell in cells:
            cell.check()
        _COUNTED.append(sum(len(cell.answers) for cell in cells))

    def test_predecessor_d02_no_staff_operation_is_open_to_customers_or_to_anybody(self, objects: Objects) -> None:
        staff = [one for one in operations().values() if not one.admits("customer") and not one.admits("anonymous")]
        assert len(staff) >= 30
        for operation in staff:
            for role, refusal in (
                ("anonymous", (401, "auth.missing-token")),
                ("customer", (403, "auth.role-not-allowed")),
            ):
                cell = Cell(objects, operation, role)
                for answer in cell.answers.values():
                    assert (answer.status_code, code_of(answer)) == refusal, cell.name

    def test_says_how_many_it_asked(self, tell: Callable[[str], None]) -> None:
        tell(f"{sum(_COUNTED)} cells of role × object over {len(_COUNTED)} operations")


_COUNTED: list[int] = []


def _cell(objects: Objects, operation: Operation, role: str, ends_session: bool) -> Cell:
    try:
        return Cell(objects, operation, role)
    finally:
        if ends_session:
            objects.people.by_role[role].forget_token()
