"""What the merged document says of the gateway: its refusals and its headers, with every operation."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from cli.openapi_door import HEADERS, with_the_door
from gateway.rate_limit import Quota
from gateway.views.documents import OPENAPI_FILE

DOCUMENT: dict[str, Any] = json.loads(OPENAPI_FILE.read_text())
ASKED = [
    pytest.param(method, operation, id=f"{method} {path}")
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
]
OPEN_SESSIONS = ("/api/v1/auth/login", "/api/v1/auth/refresh")


def codes_of(operation: dict[str, Any], status: int) -> set[str]:
    response = operation["responses"].get(str(status), {})
    return set(response.get("content", {}).get("application/problem+json", {}).get("examples", {}))


def references(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        found = content.get("$ref")
        yield from [found] if isinstance(found, str) else []
        for value in content.values():
            yield from references(value)
    elif isinstance(content, list):
        for value in content:
            yield from references(value)


class TestEveryOperation:
    @pytest.mark.parametrize(("method", "operation"), ASKED)
    def test_says_that_it_may_be_asked_too_often(self, method: str, operation: dict[str, Any]) -> None:
        assert "gateway.rate-limited" in codes_of(operation, 429)
        assert set(operation["responses"]["429"]["headers"]) == {"RateLimit", "RateLimit-Policy", "Retry-After"}
        for status, response in operation["responses"].items():
            if status.startswith("2"):
                assert {"RateLimit", "RateLimit-Policy"} <= set(response["headers"])

    @pytest.mark.parametrize(("method", "operation"), ASKED)
    def test_says_that_its_service_may_be_away(self, method: str, operation: dict[str, Any]) -> None:
        assert {"gateway.upstream-unavailable", "gateway.deadline-passed"} <= codes_of(operation, 503)
        assert "Retry-After" in operation["responses"]["503"]["headers"]

    def test_that_changes_something_for_a_browser_says_whose_page_must_ask(self) -> None:
        for path, item in DOCUMENT["paths"].items():
            for method, operation in item.items():
                by_cookies = operation.get("security") != [] or path in OPEN_SESSIONS
                said = "auth.cross-site-request" in codes_of(operation, 403)
                assert said is (method != "get" and by_cookies), (method, path)


class TestTheDocument:
    def test_refers_to_nothing_that_it_does_not_hold(self) -> None:
        for reference in set(references(DOCUMENT)):
            held: Any = DOCUMENT
            for name in reference.removeprefix("#/").split("/"):
                held = held[name]

    def test_describes_the_headers_as_they_are_sent(self) -> None:
        policy = Quota("sign-in", 60, 60).policy[1].decode()
        for sent in (policy, f"{policy}, {policy}"):
            assert re.fullmatch(HEADERS["RateLimit-Policy"]["schema"]["pattern"], sent)
        assert re.fullmatch(HEADERS["RateLimit"]["schema"]["pattern"], '"sign-in";r=0;t=59')

    def test_keeps_what_a_service_says_of_the_same_status(self) -> None:
        shown = {"application/problem+json": {"schema": {}, "examples": {"auth.too-many-tries": {}}}}
        responses = {"429": {"description": "auth.too-many-tries", "content": shown}}
        paths = {"/api/v1/auth/login": {"post": {"security": [], "responses": responses}}}
        told = with_the_door({"paths": paths, "components": {}})["paths"]["/api/v1/auth/login"]["post"]
        assert codes_of(told, 429) == {"auth.too-many-tries", "gateway.rate-limited"}
        assert told["responses"]["429"]["description"] == "auth.too-many-tries, gateway.rate-limited"
