"""Objects of the bank that an operation is about: one's own, another's, and one that never was.

What is not in `KINDS` is made by its collection's POST (`/tickets/{ticket_id}` by `POST /tickets`), or found in the
list of its collection.
"""

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from shared.ids import new_id
from tests.attacks.operations import Operation, operations, resolved
from tests.attacks.people import Actor, People
from tests.attacks.requests import sendable

NONE = ""
"""What stands for an object that somebody of this role has none of."""
JOB_KIND = "make-statement"
_WEEKS = itertools.count()
Owned = Literal["customer", "user", "bank"]


@dataclass(frozen=True)
class Kind:
    """How an object is had, and whose it is: a customer's (staff see any), only that user's, or the bank's."""

    owned: Owned
    make: Callable[[People, Actor], str]
    seen_by: frozenset[str] | None = None
    """The roles that see any; those of the policy row unless it leaves some of them their own ones only."""
    missing: Callable[[], str] = new_id
    """An id of this kind that nothing has."""


def _new_account(people: People, actor: Actor) -> str:
    account = actor.asks("POST", "/api/v1/accounts", {"product": "everyday"})
    customer = people.customer_of(actor)
    people.bank.wait_until(lambda: actor.asks("GET", f"/api/v1/accounts/{account['id']}")["status"] == "open")
    assert customer.customer_id in account["owners"]
    return str(account["id"])


def _deposit(people: People, actor: Actor) -> str:
    body = {"account_id": people.customer_of(actor).account_id, "amount_minor": 1, "currency": "EUR"}
    return str(actor.asks("POST", "/api/v1/deposits", body)["id"])


def _session(_people: People, actor: Actor) -> str:
    body = {"email": actor.email, "password": actor.password}
    actor.asks("POST", "/api/v1/auth/login", body)
    listed = actor.asks("GET", "/api/v1/auth/sessions?limit=200")["items"]
    return str(next(one["id"] for one in listed if not one.get("current")))


def _inbox_item(people: People, actor: Actor) -> str:
    """Find an item in the actor's own inbox; staff may have none."""
    listed = actor.asks("GET", "/api/v1/notifications")["items"]
    return str(listed[0]["id"]) if listed else NONE


def _reconciliation(people: People, _actor: Actor) -> str:
    boss = people.by_role["supervisor"]
    asked = sendable(operations()["POST /api/v1/reconciliations"], people, boss)
    kind, content = asked.file or ("", b"")
    line = f"2026-03-02,2026-03-02,1.00,EUR,{new_id()},D\n".encode()
    asked.file = (kind, content + line)  # no two files are the same
    answer = asked.send(boss)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _approval(people: People, _actor: Actor) -> str:
    boss = people.by_role["supervisor"]
    answer = sendable(operations()["POST /api/v1/products"], people, boss).send(boss)
    assert answer.status_code == 202, f"a product needs a second person: {answer.status_code} {answer.text}"
    return str(answer.json()["approval"]["id"])


def _attachment(people: People, actor: Actor) -> str:
    ticket = sendable(operations()["POST /api/v1/tickets"], people, actor).send(actor)
    asked = sendable(operations()["POST /api/v1/attachments"], people, actor)
    answer = asked.about("ticket_id", str(ticket.json()["id"])).send(actor)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def _statement(people: People, actor: Actor) -> str:
    """Ask for a statement and wait until its job has made it."""
    body = {"account_id": people.customer_of(actor).account_id, "from": "2020-01-01", "to": "2020-01-02"}
    asked = actor.asks("POST", "/api/v1/statements", body)
    path = f"/api/v1/statements/{asked['id']}"
    people.bank.wait_until(lambda: actor.send("GET", path).status_code == 200)
    return str(asked["id"])


def _job_run(people: People, _actor: Actor) -> str:
    """Find the run of a job that a statement left behind."""
    _statement(people, people.by_role["customer"])
    runs = people.by_role["supervisor"].asks("GET", f"/api/v1/jobs/transactions/{JOB_KIND}/runs")["items"]
    return str(runs[0]["id"])


def _report_day(people: People, _actor: Actor) -> str:
    """Find a day that has a report; a bank whose day was never ended has none."""
    listed = people.by_role["supervisor"].asks("GET", "/api/v1/reports")["items"]
    return str(listed[0]["business_date"]) if listed else NONE


def _holiday(people: People, _actor: Actor) -> str:
    """Close the bank on the next Wednesday that no other attack has closed, years ahead; the calendar closes some."""
    boss = people.by_role["supervisor"]
    today = date.fromisoformat(boss.asks("GET", "/api/v1/business-date")["business_date"])
    first = today + timedelta(days=798 + (2 - today.weekday()) % 7)
    while True:
        day = (first + timedelta(weeks=next(_WEEKS))).isoformat()
        wish = {"day": day, "name": "Attacked", "reason": "A day to be attacked."}
        answer = boss.send("POST", "/api/v1/holidays", json=wish)
        if answer.status_code == 201:
            return day
        assert answer.status_code == 409, answer.text


def _cosignature(people: People, actor: Actor) -> str:
    """Invite somebody to an account of the actor's, which waits for signatures then."""
    account_id = _new_account(people, actor)
    path, wish = f"/api/v1/accounts/{account_id}/owners", {"email": f"{new_id()}@demo.bank"}
    details = actor.send("POST", path, json=wish).json()["details"]
    proof = {"action": "add-owner", "password": actor.password, **details}
    token = actor.asks("POST", "/api/v1/auth/step-up", proof)["step_up_token"]
    answer = actor.send("POST", path, json=wish, headers={"step-up": token})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["cosignature"]["id"])


def _user(people: People, actor: Actor) -> str:
    return str(people.by_role["customer"].asks("GET", "/api/v1/auth/me")["user_id"])


KINDS: dict[str, Kind] = {
    "account_id": Kind("customer", _new_account),
    "from_account_id": Kind("customer", _new_account),
    "customer_id": Kind("customer", lambda people, actor: people.customer_of(actor).customer_id),
    "transaction_id": Kind("customer", _deposit),
    "statement_id": Kind("customer", _statement),
    "job_id": Kind("bank", _job_run),
    "kind": Kind("bank", lambda _people, _actor: JOB_KIND),  # of a job: other kinds are enums
    "business_date": Kind("bank", _report_day),
    "day": Kind("bank", _holiday, missing=lambda: "2033-03-08"),  # a Tuesday
    "attachment_id": Kind("customer", _attachment),
    "session_id": Kind("user", _session),
    "item_id": Kind("user", _inbox_item),
    "user_id": Kind("bank", _user),
    "product": Kind("bank", lambda _people, _actor: "everyday"),
    "approval_id": Kind("bank", _approval, seen_by=frozenset({"officer", "supervisor", "admin", "auditor"})),
    "cosignature_id": Kind("customer", _cosignature),
    "letter_id": Kind("bank", lambda _people, _actor: NONE),  # a healthy bank has no dead letters
    "reconciliation_id": Kind("bank", _reconciliation),
}
"""Objects by the name of their id, where no collection can tell."""

SLOTS = ("account_id", "from_account_id", "customer_id", "account_ids", "ticket_id")
"""Fields of a body or a query that say whose money or data an operation is about, where its path says nothing."""


def slot_of(operation: Operation) -> str | None:
    """Give the name of the id that says what an operation is about."""
    in_path = operation.parameters("path")
    named = [name for name in operation.path_names if "enum" not in resolved(in_path[name]["schema"])]
    if named:
        return named[0]
    body = (operation.body_schema or {}).get("properties", {})
    nested = str(operation.body_schema or "") if operation.path.endswith("/batch") else ""
    for name in SLOTS:
        if name in operation.parameters("query") or name in body or (nested and name == "from_account_id"):
            return name
    return None


class Objects:
    """Makes objects when they are needed and keeps those that only are read."""

    def __init__(self, people: People) -> None:
        """Know the people; nothing is made yet."""
        self.people = people
        self._kept: dict[tuple[str, str, bool], str] = {}
        self._lock = threading.Lock()

    def kind(self, slot: str, operation: Operation) -> Kind:
        """Give how an object is had."""
        name = slot.removesuffix("s") if slot == "account_ids" else slot
        return KINDS.get(name) or _made_by_collection(slot, operation)

    def own(self, slot: str, operation: Operation, actor: Actor) -> str:
        """Give an object that an actor may see if the role may: made for it, or by the customer whom staff serve."""
        kind = self.kind(slot, operation)
        if kind.seen_by is not None and actor.role not in kind.seen_by:
            return NONE
        maker = actor if kind.owned == "user" and actor.role != "anonymous" else self.people.by_role["customer"]
        return self._made(slot, kind, maker, fresh=_spends(slot, operation))

    def others(self, slot: str, operation: Operation) -> str:
        """Give an object of the customer who has nothing to do with anybody here."""
        return self._made(slot, self.kind(slot, operation), self.people.other, fresh=False)

    def _made(self, slot: str, kind: Kind, maker: Actor, *, fresh: bool) -> str:
        if not fresh and not slot.startswith(("account", "from_account")):
            key = (slot, maker.email, fresh)
            with self._lock:
                if key not in self._kept:
                    self._kept[key] = kind.make(self.people, maker)
                return self._kept[key]
        if not fresh:
            return self.people.customer_of(maker).account_id
        return kind.make(self.people, maker)


def _spends(slot: str, operation: Operation) -> bool:
    """Tell whether an operation may use its object up, so that the next one needs another."""
    return operation.method != "GET" and slot in operation.path_names


def _made_by_collection(slot: str, operation: Operation) -> Kind:
    """Make an object by the POST of its collection, or find one in its list."""
    paths = sorted((one.path for one in operations().values() if one.path.endswith(f"/{{{slot}}}")), key=len)
    collection = (paths[0] if paths else operation.path).split(f"/{{{slot}}}")[0]
    create, listing = operations().get(f"POST {collection}"), operations().get(f"GET {collection}")
    row = (create or listing or operation).row
    missing = f"{operation.name}: nobody knows how to have a {slot!r}; add a Kind to KINDS in tests/attacks/objects.py"
    assert row is not None, missing

    def make(people: People, actor: Actor) -> str:
        staff = sorted(role for role in row.roles if role in people.by_role)
        maker = actor if "customer" in row.roles else people.by_role[staff[-1]]
        said = "it has no collection"
        if create is not None:
            answer = sendable(create, people, maker).send(maker)
            if answer.status_code in (200, 201):
                return str(answer.json()["id"])
            said = f"{create.name} says {answer.status_code} {answer.text}"
        found = maker.asks("GET", collection)["items"] if listing is not None else []
        assert found, f"{missing} ({said})"
        return str(found[0]["id"])

    return Kind("customer" if "customer" in row.roles else "bank", make)
