"""Pages and versions at the door."""

from typing import Any

import pytest

from shared.web.dependencies import encode_cursor
from tests.shared.web.house import House


class TestPage:
    def _get(self, house: House, query: str) -> Any:
        return house.http.get(f"/api/v1/orders{query}", headers=house.bearer("customer"))

    def test_walks_a_list_to_its_end(self, house: House) -> None:
        seen: list[int] = []
        query = "?limit=4"
        for _ in range(3):
            page = self._get(house, query).json()
            seen += page["items"]
            query = f"?limit=4&after={page['next']}"
        assert seen == list(range(1, 11))
        assert page["next"] is None

    @pytest.mark.parametrize("cursor", ["", "!", "x", "QQ==", "QR", "w6", encode_cursor("a\x00b"), "A" * 2000])
    def test_refuses_the_cursor(self, house: House, cursor: str) -> None:
        answer = self._get(house, f"?after={cursor}")
        assert (answer.status_code, answer.json()["code"]) == (400, "request.bad-cursor")

    @pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "", "1e2"])
    def test_refuses_the_limit(self, house: House, limit: str) -> None:
        answer = self._get(house, f"?limit={limit}")
        assert (answer.status_code, answer.json()["code"]) == (422, "request.invalid")


class TestVersion:
    def _patch(self, house: House, body: dict[str, Any], *match: str) -> Any:
        headers = [*house.bearer("teller").items(), *(("if-match", value) for value in match)]
        return house.http.patch("/api/v1/orders/o1", json=body, headers=headers)

    def test_takes_it_from_if_match_or_from_the_body(self, house: House) -> None:
        assert self._patch(house, {"note": "n"}, '"3"').status_code == 200
        assert self._patch(house, {"note": "n", "version": 3}).status_code == 200
        assert self._patch(house, {"note": "n", "version": 3}, '"3"').status_code == 200

    def test_asks_for_it(self, house: House) -> None:
        answer = self._patch(house, {"note": "n"})
        assert (answer.status_code, answer.json()["code"]) == (428, "request.version-required")

    def test_refuses_an_old_one_and_tells_the_current(self, house: House) -> None:
        answer = self._patch(house, {"note": "n"}, '"2"')
        assert (answer.status_code, answer.json()["code"]) == (412, "request.version-mismatch")
        assert answer.json()["current_version"] == 3

    @pytest.mark.parametrize(
        "match", [("3",), ("*",), ('W/"3"',), ('"x"',), ('"3"', '"3"'), ('"3", "4"',), ("",)], ids=str
    )
    def test_refuses_if_match(self, house: House, match: tuple[str, ...]) -> None:
        answer = self._patch(house, {"note": "n"}, *match)
        assert (answer.status_code, answer.json()["code"]) == (400, "request.bad-version")

    def test_refuses_two_that_differ(self, house: House) -> None:
        answer = self._patch(house, {"note": "n", "version": 2}, '"3"')
        assert answer.json()["code"] == "request.bad-version"

    @pytest.mark.parametrize("version", ["3", True, 3.0, -1], ids=repr)
    def test_refuses_as_version_in_the_body(self, house: House, version: object) -> None:
        answer = self._patch(house, {"note": "n", "version": version}, '"3"')
        assert answer.status_code in (400, 422)
