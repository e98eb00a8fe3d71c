"""A small real service behind the door: a migrated store, a few routes, a signer in identity's place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, FastAPI, Request, Response
from pydantic import Field
from sqlalchemy.exc import OperationalError
from sqlmodel import Session
from starlette.testclient import TestClient

from shared.clients.revocations import Revocations
from shared.contracts.envelope import Fact
from shared.contracts.policy.row import ANYONE, CUSTOMER, SERVICE, STAFF, TELLER, row
from shared.errors import Conflict, Unavailable
from shared.observability.context import looked_at
from shared.settings import ServiceSettings
from shared.store.engine import Store
from shared.store.outbox import append_facts
from shared.web.dependencies import (
    CurrentCaller,
    ExpectedVersion,
    IdempotencyKey,
    OptionalIdempotencyKey,
    Page,
    check_version,
)
from shared.web.idempotent import answer_once
from shared.web.problems import problems
from shared.web.schemas import AmountMinor, Answer, ChangeModel, Currency, IsoDate, ListAnswer, Moment, StrictModel
from tests.shared.clients.signer import Signer


class Settings(ServiceSettings):
    """The service under test calls itself accounts, whose store it uses."""

    service: ClassVar[str] = "accounts"


class Told(Fact):
    """What the test command says."""

    type = "bank.accounts.test-told.v1"
    amount_minor: int


class TooMuch(Conflict):
    code = "accounts.too-much"
    title = "That is too much"


class Order(StrictModel):
    amount_minor: AmountMinor
    currency: Currency = "EUR"
    day: IsoDate | None = None
    at: Moment | None = None
    note: str | None = None


class Change(ChangeModel):
    note: str


class Done(Answer):
    amount_minor: int
    sequence: int
    from_: str = Field("here", serialization_alias="from")


class Who(Answer):
    user_id: str | None
    service: str | None
    roles: list[str]


POLICY = (
    row("POST", "/api/v1/orders", CUSTOMER),
    row("GET", "/api/v1/orders", CUSTOMER, STAFF),
    row("GET", "/api/v1/orders/mine", CUSTOMER),
    row("PATCH", "/api/v1/orders/{order_id}", TELLER),
    row("GET", "/api/v1/orders/{order_id}", TELLER),
    row("POST", "/api/v1/orders/{order_id}/capture", CUSTOMER),
    row("GET", "/api/v1/who", CUSTOMER, STAFF, SERVICE),
    row("POST", "/api/v1/open", ANYONE),
    row("GET", "/internal/who", SERVICE),
    row("GET", "/api/v1/broken/{kind}", CUSTOMER),
    row("GET", "/api/v1/promised", CUSTOMER),
)


def make_router(store: Store) -> APIRouter:
    """Make the routes of the test service."""
    router = APIRouter(prefix="/api/v1")

    def tell(order: Order) -> Callable[[Session], Done]:
        def command(session: Session) -> Done:
            append_facts(session, Told(amount_minor=order.amount_minor))
            if order.amount_minor > 1000:
                raise TooMuch(available_minor=1000, currency="EUR")
            return Done(amount_minor=order.amount_minor, sequence=_sequence(session))

        return command

    @router.post("/orders", status_code=201, response_model=Done, responses=problems(TooMuch))
    def create_order(body: Order, caller: CurrentCaller, key: IdempotencyKey, request: Request) -> Response:
        return answer_once(store, caller=caller, request=request, key=key, body=body, status=201, command=tell(body))

    @router.post("/orders/{order_id}/capture", response_model=Done)
    def capture_order(
        order_id: str, body: Order, caller: CurrentCaller, key: OptionalIdempotencyKey, request: Request
    ) -> Response:
        return answer_once(
            store,
            caller=caller,
            request=request,
            key=key,
            body=body,
            status=lambda done: 202 if done.amount_minor == 7 else 200,
            command=tell(body),
        )

    @router.get("/orders")
    def list_orders(page: Page) -> ListAnswer[int]:
        start = int(page.after or 0)
        items, following = page.cut(list(range(start + 1, min(start + page.limit + 1, 10) + 1)), str)
        return ListAnswer[int](items=items, next=following)

    return router


def make_reading_router() -> APIRouter:
    """Make the routes that book nothing."""
    router = APIRouter(prefix="/api/v1")

    @router.get("/orders/mine")
    def read_mine(caller: CurrentCaller) -> dict[str, str | None]:
        return {"mine": caller.user_id}

    @router.get("/orders/{order_id}")
    def read_order(order_id: str) -> dict[str, str]:
        looked_at("customer-of-the-order")
        return {"order_id": order_id}

    @router.get("/who")
    def read_who(caller: CurrentCaller) -> Who:
        return Who(user_id=caller.user_id, service=caller.service, roles=sorted(caller.roles))

    @router.post("/open")
    def open_door(caller: CurrentCaller) -> dict[str, str]:
        return {"principal": caller.principal}

    @router.patch("/orders/{order_id}")
    def change_order(order_id: str, body: Change, version: ExpectedVersion) -> dict[str, str]:
        check_version(expected=version, current=3)
        return {"order_id": order_id, "note": body.note}

    return router


def make_broken_router() -> APIRouter:
    """Make a route that breaks in several ways."""
    router = APIRouter(prefix="/api/v1")

    @router.get("/broken/{kind}")
    def break_down(kind: str) -> None:
        if kind == "fault":
            raise Unavailable("secret-host:5432 is gone", retry_after_seconds=7)
        if kind == "locked":
            raise OperationalError("INSERT secret", {"email": "ada@demo.bank"}, Exception("database is locked"))
        if kind == "sql":
            raise OperationalError("INSERT secret", {"email": "ada@demo.bank"}, Exception("no such table"))
        raise ValueError("ada@demo.bank")

    return router


def make_internal_router() -> APIRouter:
    """Make the routes for services."""
    router = APIRouter(prefix="/internal")

    @router.get("/who")
    def read_caller(caller: CurrentCaller) -> Who:
        return Who(user_id=caller.user_id, service=caller.service, roles=sorted(caller.roles))

    return router


def _sequence(session: Session) -> int:
    from shared.store.outbox_queries import head

    return head(session).sequence


@dataclass
class House:
    """The running test service."""

    app: FastAPI
    http: TestClient
    store: Store
    signer: Signer
    revocations: Revocations

    def bearer(self, *roles: str, **claims: object) -> dict[str, str]:
        """Give the header of a user with these roles."""
        return {"authorization": f"Bearer {self.signer.user(*roles, **claims)}"}
