"""Fields that a body does not have, sent with every write: refused by name, and nothing is changed."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from shared.contracts.policy.row import ANYONE
from shared.ids import new_id
from tests.attacks.objects import NONE, Objects, slot_of
from tests.attacks.operations import Operation, operations, resolved
from tests.attacks.people import DEMO_PEOPLE, Actor, People
from tests.attacks.requests import Sendable, sendable
from tests.builders.bank import Bank

COVETED: dict[str, Any] = {
    "role": "admin",
    "roles": ["admin"],
    "status": "closed",
    "owner_id": "01a20000-0000-7000-8000-000000000000",
    "balance": 10**9,
    "limit": 10**9,
}
_COUNTED: list[int] = []


@pytest.fixture(scope="module")
def objects(bank: Bank) -> Iterator[Objects]:
    """Give the people and what they own."""
    people = People(bank)
    yield Objects(people)
    people.close()


def writes() -> list[str]:
    """Give the operations that read JSON, or nothing."""
    return sorted(
        name
        for name, operation in operations().items()
        if operation.method != "GET" and (operation.body_schema is not None or not operation.content_types)
    )


def attacker_of(people: People, operation: Operation) -> Actor:
    """Give who may call it: the customer before anybody of the staff, and nobody in particular where anyone may."""
    row = operation.row
    assert row is not None
    if ANYONE in row.roles:
        return people.by_role["anonymous"]
    return people.by_role[next(role for role in DEMO_PEOPLE if role in row.roles)]


def extras_of(operation: Operation) -> dict[str, Any]:
    """Give the coveted fields and those of the answer that the body does not have."""
    known = (operation.body_schema or {}).get("properties", {})
    answered = (operation.answer_schema or {}).get("properties", {})
    samples = {name: _sample(resolved(schema)) for name, schema in answered.items()}
    return {name: value for name, value in {**samples, **COVETED}.items() if name not in known}


def _sample(schema: dict[str, Any]) -> Any:
    if schema.get("enum"):
        return schema["enum"][-1]
    by_type: dict[str, Any] = {"integer": 10**6, "boolean": True, "array": [new_id()], "object": {"id": new_id()}}
    return by_type.get(schema.get("type", "string"), "2020-01-01" if schema.get("format") else new_id())


def snapshot(people: People) -> dict[str, Any]:
    """Read what belongs to the two customers, and who may do what in the bank."""
    seen: dict[str, Any] = {}
    for name, actor in (("customer", people.by_role["customer"]), ("other", people.other)):
        account_id = people.customer_of(actor).account_id
        for path in (
            "auth/me", "customers/me", "accounts", f"balances/{account_id}", "tickets", "auth/privacy",
            f"holds?account_id={account_id}", f"transactions?account_id={account_id}",
        ):  # fmt: skip
            seen[f"{name} {path}"] = answer = actor.asks("GET", f"/api/v1/{path}")
            answer.pop("as_of", None)
            for account in answer["items"] if path == "accounts" else ():
                account.pop("last_transaction_at", None)  # follows the ledger by a fact, a moment later
    seen["users"] = people.by_role["admin"].asks("GET", "/api/v1/users?limit=200")
    seen["branches"] = people.by_role["admin"].asks("GET", "/api/v1/branches")
    return seen


class TestMassAssignment:
    @pytest.mark.parametrize("name", writes())
    def test_is_refused_by(self, objects: Objects, name: str) -> None:
        operation, people = operations()[name], objects.people
        actor = attacker_of(people, operation)
        request = _about_own(objects, operation, actor)
        before = snapshot(people)
        tries = [(extra, _with(request, extra, value)) for extra, value in extras_of(operation).items()]
        tries += _inside(request)
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda one: one[1].send(actor), tries))
        for (extra, _), answer in zip(tries, answers, strict=True):
            assert answer.status_code == 422, f"{name} took {extra!r}: {answer.status_code} {answer.text}"
            assert extra in json.dumps(answer.json()["errors"]), (extra, answer.text)
        assert snapshot(people) == before
        _COUNTED.append(len(tries))

    def test_says_how_many_were_sent(self, tell: Callable[[str], None]) -> None:
        tell(f"{sum(_COUNTED)} unknown fields in {len(_COUNTED)} writes: all refused, nothing changed")


def _about_own(objects: Objects, operation: Operation, actor: Actor) -> Sendable:
    request, slot = sendable(operation, objects.people, actor), slot_of(operation)
    if slot is None:
        return request
    own = objects.own(slot, operation, actor)
    return request.about(slot, own if own != NONE else objects.others(slot, operation) or new_id())


def _inside(request: Sendable) -> list[tuple[str, Sendable]]:
    """Give the request with a coveted field in each object that its body holds: an address, an order of a batch."""
    body = request.body or {}
    found = []
    for name, held in body.items():
        for extra, value in COVETED.items():
            if isinstance(held, dict) and extra not in held:
                found.append((extra, _with(request, name, {**held, extra: value})))
            elif isinstance(held, list) and held and isinstance(held[0], dict) and extra not in held[0]:
                found.append((extra, _with(request, name, [{**held[0], extra: value}, *held[1:]])))
    return found


def _with(request: Sendable, name: str, value: Any) -> Sendable:
    return Sendable(request.operation, request.ids, request.query, {**(request.body or {}), name: value})
