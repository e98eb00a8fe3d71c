"""A request for an operation: paths, queries and bodies made of the schema, of `FIELDS`, and of `BODIES`.

Most new operations need nothing here. One whose body no schema can tell gets a line in `BODIES`; a field that means
the same wherever it comes gets one in `FIELDS`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from shared.ids import new_id
from tests.attacks.operations import Operation, Schema, resolved
from tests.attacks.people import Actor, People

Make = Callable[[People, Actor], Any]


NOBODYS = "the password of nobody at all"


def _always(value: Any) -> Make:
    return lambda _people, _actor: value


FIELDS: dict[str, Make] = {
    "amount_minor": _always(1),
    "currency": _always("EUR"),
    "product": _always("everyday"),
    "reason": _always("A test of who may do what"),
    "country": _always("DE"),
    "date_of_birth": _always("1990-05-17"),
    "email": lambda _people, _actor: f"test-{new_id()}@demo.bank",
    "phone": lambda _people, _actor: f"+49151{int(new_id()[-7:], 16) % 90_000_000 + 10_000_000}",
    "password": lambda _people, actor: actor.password or NOBODYS,
    "current_password": lambda _people, actor: actor.password or NOBODYS,
    "new_password": lambda _people, actor: actor.password or NOBODYS,
    "account_number": lambda people, _actor: people.stranger.account["account_number"],
    "to_account_number": lambda people, _actor: people.stranger.account["account_number"],
    "name": lambda _people, _actor: f"Test {new_id()}",
    "roles": _always(["customer"]),
    "code": _always("000000"),
    "branch_id": _always("main"),
    "hire_date": _always("2020-01-15"),
    "line": _always("2"),
    "period": _always("2026-11"),
    "currencies": _always(["EUR"]),
    "service": _always("transactions"),
    "id": lambda _people, _actor: f"t{new_id()}"[:30],
    "version": _always(1),
    "account_id": lambda people, actor: people.customer_of(actor).account_id,
    "from_account_id": lambda people, actor: people.customer_of(actor).account_id,
    "transaction_id": lambda _people, _actor: new_id(),
}
"""What a field of a body, a query or a path is filled with, by its name."""


def _transfer(people: People, actor: Actor) -> dict[str, Any]:
    """Pay from one's own account to that of the other of the two customers."""
    payee = people.customer if people.customer_of(actor) is people.stranger else people.stranger
    number = payee.account["account_number"]
    return {
        "from_account_id": people.customer_of(actor).account_id,
        "to_account_number": number,
        "amount_minor": 1,
        "currency": "EUR",
    }


BODIES: dict[str, Make] = {
    "POST /api/v1/standing-orders": lambda people, actor: {**_transfer(people, actor), "start_on": "2030-01-15"},
    "POST /api/v1/customers/{customer_id}/kyc": _always({"kyc_state": "verified", "kyc_level": 2}),
    "POST /api/v1/customers/search": _always({"name": "Tester"}),
    "POST /api/v1/transfers": _transfer,
    "POST /api/v1/transfers/batch": lambda people, actor: {"transfers": [_transfer(people, actor)]},
    "POST /api/v1/auth/login": lambda people, _actor: {
        "email": people.customer.email,
        "password": people.customer.password,
    },
    "POST /api/v1/auth/reauthenticate": lambda _people, actor: {"password": actor.password or NOBODYS},
    "POST /api/v1/auth/step-up": lambda _people, actor: {"action": "transfer", "password": actor.password or NOBODYS},
    "POST /api/v1/users": lambda _people, _actor: {"email": f"test-{new_id()}@demo.bank", "roles": ["teller"]},
    "PATCH /api/v1/users/{user_id}": lambda _people, _actor: {"status": "active", "version": 1_000},
    # Of nobody's session: whose it is, is asked first, and the people of these tests stay signed in.
    "POST /api/v1/users/{user_id}/sessions/end": _always({"reason": "A test", "session_id": "nobodys-session"}),
    "POST /api/v1/customers": lambda people, actor: {
        **built({"required": ["email", "phone", "date_of_birth", "password"]}, people, actor),
        "first_name": "Toni",
        "last_name": "Tester",
        "address": {"street": "Weg 1", "city": "Berlin", "state": "BE", "postal_code": "10115", "country": "DE"},
    },
}
"""What an operation's body is, where its schema and `FIELDS` do not tell."""

FILES = {
    "text/csv": b"booking_date,value_date,amount,currency,reference,description\n2026-03-02,2026-03-02,1.00,EUR,R,D\n",
    "text/plain": b"A text that is attached.\n",
}
"""What is sent to an operation that takes a file, by content type; a new type needs a file here."""


def built(schema: Schema, people: People, actor: Actor) -> dict[str, Any]:
    """Build an object of its required fields; a change has its version and changes at least one field."""
    properties = schema.get("properties", {})
    names = list(schema.get("required", ()))
    if "version" in properties:
        names += ["version", *sorted(set(properties) - {"version"})[: not names]]
    return {name: value_of(name, properties.get(name, {}), people, actor) for name in dict.fromkeys(names)}


def value_of(name: str, schema: Schema, people: People, actor: Actor) -> Any:
    """Make a value for a field: by its name, its example, or its type."""
    if name in FIELDS:
        return FIELDS[name](people, actor)
    schema = resolved(schema)
    for sample in (*schema.get("examples", ()), *schema.get("enum", ())):
        return sample
    if "const" in schema or "default" in schema:
        return schema.get("const", schema.get("default"))
    kind = schema.get("type", "string")
    if kind == "object":
        return built(schema, people, actor)
    if kind == "array":
        return [value_of(f"{name}[]", schema.get("items", {}), people, actor)]
    if kind in ("integer", "number"):
        return int(schema.get("minimum", 1))
    if kind == "boolean":
        return False
    by_format = {"date": "2030-01-15", "date-time": "2030-01-15T12:00:00Z", "time": "12:00", "uuid": new_id()}
    return by_format.get(schema.get("format", ""), "test" * (schema.get("minLength", 1) // 4 + 1))


@dataclass
class Sendable:
    """One request that is ready to be sent, but for the object that it is about."""

    operation: Operation
    ids: dict[str, str] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    file: tuple[str, bytes] | None = None

    def about(self, slot: str | None, object_id: str) -> "Sendable":
        """Give the same request about another object."""
        ids, query, body = dict(self.ids), dict(self.query), self.body
        if slot in self.operation.path_names:
            ids[slot] = object_id
        elif slot in self.operation.parameters("query"):
            query[slot] = object_id
        elif slot is not None:
            body = with_slot(self.body, slot, object_id)
            if slot in (self.operation.body_schema or {}).get("properties", {}):
                body[slot] = object_id
        return Sendable(self.operation, ids, query, body, self.file)

    def send(self, actor: Actor) -> Any:
        """Send it as somebody and give the answer."""
        path = self.operation.path.format(**self.ids)
        if self.file is not None:
            kind, content = self.file
            headers = {"content-type": kind}
            return actor.send(self.operation.method, path, params=self.query, content=content, headers=headers)
        more = {"json": self.body} if self.body is not None else {}
        return actor.send(self.operation.method, path, params=self.query, **more)


def with_slot(body: Any, slot: str, object_id: str) -> Any:
    """Put an object's id wherever a body names one of that kind."""
    if isinstance(body, dict):
        named = {name: with_slot(value, slot, object_id) for name, value in body.items()}
        return {**named, slot: object_id} if slot in body else named
    return [with_slot(one, slot, object_id) for one in body] if isinstance(body, list) else body


def sendable(operation: Operation, people: People, actor: Actor) -> Sendable:
    """Build a request that the operation's shape allows, with what the document requires and nothing else."""
    made = Sendable(operation)
    in_path = operation.parameters("path")
    made.ids = {name: str(value_of(name, in_path[name]["schema"], people, actor)) for name in operation.path_names}
    made.query = {
        name: value_of(name, one["schema"], people, actor)
        for name, one in operation.parameters("query").items()
        if one.get("required")
    }
    if operation.name in BODIES:
        made.body = BODIES[operation.name](people, actor)
    elif operation.body_schema is not None:
        made.body = built(operation.body_schema, people, actor)
    elif operation.content_types:
        known = [kind for kind in operation.content_types if kind in FILES]
        assert known, f"{operation.name} takes {operation.content_types}: add one to FILES in tests/attacks/requests.py"
        made.file = (known[0], FILES[known[0]])
    return made
