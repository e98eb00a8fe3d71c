"""Building the app: every route has its row, the document says what the door does, hooks run around it."""

from collections.abc import Callable

import pytest
from fastapi import APIRouter
from starlette.testclient import TestClient

from shared.clients.jwks import KeySet
from shared.clients.verify import TokenVerifier
from shared.contracts.policy.row import CUSTOMER, PolicyRow, row
from shared.errors import FaultAtStart
from shared.store.engine import Store
from shared.web.app import create_service_app
from tests.shared.clients.signer import Signer
from tests.shared.web.house import House, Settings


def _build(store: Store, router: APIRouter, *rows: PolicyRow, **more: object) -> object:
    verifier = TokenVerifier(service="accounts", keys=KeySet(Signer().jwks))
    return create_service_app(
        settings=Settings(), store=store, routers=[router], policy=rows, verifier=verifier, title="T", **more
    )


def _router(*paths: str) -> APIRouter:
    router = APIRouter()
    for number, path in enumerate(paths):
        router.add_api_route(path, lambda: None, name=f"r{number}")
    return router


class TestCreateServiceApp:
    def test_refuses_a_route_without_a_row(self, make_store: Callable[[str], Store]) -> None:
        with pytest.raises(FaultAtStart, match="GET /a has no policy row"):
            _build(make_store("accounts"), _router("/a"), row("POST", "/a", CUSTOMER))

    def test_refuses_a_row_of_a_differently_named_parameter(self, make_store: Callable[[str], Store]) -> None:
        with pytest.raises(FaultAtStart, match="no policy row"):
            _build(make_store("accounts"), _router("/a/{x}"), row("GET", "/a/{y}", CUSTOMER))

    def test_refuses_a_route_that_answers_for_another_ones_row(self, make_store: Callable[[str], Store]) -> None:
        rows = (row("GET", "/a/{x}", CUSTOMER), row("GET", "/a/me", CUSTOMER))
        with pytest.raises(FaultAtStart, match="hides /a/me"):
            _build(make_store("accounts"), _router("/a/{x}", "/a/me"), *rows)
        _build(make_store("accounts"), _router("/a/me", "/a/{x}"), *rows)

    def test_refuses_two_rows_for_one_route(self, make_store: Callable[[str], Store]) -> None:
        with pytest.raises(FaultAtStart, match="Two policy rows"):
            _build(make_store("accounts"), _router(), row("GET", "/a", CUSTOMER), row("GET", "/a", "teller"))

    def test_refuses_a_path_parameter_that_spans_parts(self, make_store: Callable[[str], Store]) -> None:
        with pytest.raises(FaultAtStart, match="Not a plain route"):
            _build(make_store("accounts"), _router("/a/{x:path}"), row("GET", "/a/{x:path}", CUSTOMER))

    def test_runs_hooks_around_its_life_and_all_of_them_at_the_end(self, make_store: Callable[[str], Store]) -> None:
        said: list[str] = []

        def fail() -> None:
            said.append("fail")
            raise RuntimeError

        app = _build(
            make_store("accounts"),
            _router(),
            on_start=[lambda: said.append("start")],
            on_stop=[fail, lambda: said.append("stop")],
        )
        with TestClient(app) as http:  # type: ignore[arg-type]
            assert http.get("/readyz").status_code == 200
            assert said == ["start"]
        assert said == ["start", "fail", "stop"]


class TestOpenApi:
    def test_says_what_the_door_does(self, house: House) -> None:
        document = house.app.openapi()
        assert document["openapi"].startswith("3.1")
        create = document["paths"]["/api/v1/orders"]["post"]
        assert create["operationId"] == "create_order"
        assert create["security"] == [{"bearer": []}]
        assert create["x-roles"] == ["customer"]
        assert "accounts.too-much" in create["responses"]["409"]["description"]
        assert create["responses"]["422"]["content"]["application/problem+json"]
        assert document["paths"]["/api/v1/open"]["post"]["security"] == []
        assert {"Problem", "Order"} <= set(document["components"]["schemas"])
        assert "HTTPValidationError" not in document["components"]["schemas"]
        assert not any(path.startswith("/livez") for path in document["paths"])
        parameters = [p["name"] for p in create["parameters"]]
        assert parameters == ["Idempotency-Key"]
        assert house.app.openapi() is document

    def test_says_what_is_read_before_pydantic_reads(self, house: House) -> None:
        paths = house.app.openapi()["paths"]
        create, capture = paths["/api/v1/orders"]["post"], paths["/api/v1/orders/{order_id}/capture"]["post"]
        change, listed = paths["/api/v1/orders/{order_id}"]["patch"], paths["/api/v1/orders"]["get"]
        by_name = {p["name"]: p for one in (create, change, listed) for p in one["parameters"]}
        assert by_name["Idempotency-Key"]["required"]
        assert [p["required"] for p in capture["parameters"] if p["in"] == "header"] == [False]
        assert {by_name[name]["schema"]["pattern"] for name in ("Idempotency-Key", "If-Match", "after")} == {
            "^[!-~]{1,255}$",
            '^"[0-9]{1,15}"$',
            "^[A-Za-z0-9_-]{1,1024}$",
        }
        assert {"412", "428"} <= set(change["responses"])
        assert all("400" in one["responses"] for one in (create, change, listed))
