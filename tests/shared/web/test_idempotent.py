"""The same key gives the same answer, once; a refusal is not kept; another body is refused."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from shared.store.outbox_queries import head
from tests.shared.web.house import House


def _post(house: House, body: Any, key: str | None = "key-1", path: str = "/api/v1/orders", **claims: object) -> Any:
    headers = house.bearer("customer", **claims)
    if key is not None:
        headers["idempotency-key"] = key
    return house.http.post(path, json=body, headers=headers)


def _facts(house: House) -> int:
    with house.store.read() as session:
        return head(session).sequence


class TestAnswerOnce:
    def test_runs_once_and_replays_the_first_answer(self, house: House) -> None:
        first = _post(house, {"amount_minor": 5, "currency": "EUR"})
        again = _post(house, {"currency": "EUR", "amount_minor": 5})
        default = _post(house, {"amount_minor": 5})
        assert [a.status_code for a in (first, again, default)] == [201, 201, 201]
        assert first.content == again.content == default.content
        assert "idempotency-replayed" not in first.headers
        assert again.headers["idempotency-replayed"] == "true"
        assert _facts(house) == 1

    def test_calls_a_field_what_the_document_calls_it(self, house: House) -> None:
        for key in ("key-1", "key-1", None):
            body = _post(house, {"amount_minor": 5}, key, path="/api/v1/orders/a/capture").json()
            assert (body["from"], "from_" in body) == ("here", False)

    def test_refuses_another_body_under_the_key(self, house: House) -> None:
        _post(house, {"amount_minor": 5})
        answer = _post(house, {"amount_minor": 6})
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency.key-reused")
        assert _facts(house) == 1

    def test_rolls_a_refusal_back_and_does_not_keep_it(self, house: House) -> None:
        answer = _post(house, {"amount_minor": 1001})
        body = answer.json()
        assert (answer.status_code, body["code"], body["available_minor"]) == (409, "accounts.too-much", 1000)
        assert _facts(house) == 0
        assert _post(house, {"amount_minor": 5}).status_code == 201

    def test_keeps_keys_apart_by_user_and_by_the_ids_in_the_path(self, house: House) -> None:
        _post(house, {"amount_minor": 5})
        assert "idempotency-replayed" not in _post(house, {"amount_minor": 5}, sub="user-2").headers
        for order in ("a", "b"):
            answer = _post(house, {"amount_minor": 5}, path=f"/api/v1/orders/{order}/capture")
            assert "idempotency-replayed" not in answer.headers
        assert _facts(house) == 4

    def test_lets_the_answer_choose_the_status_and_replays_it(self, house: House) -> None:
        path = "/api/v1/orders/a/capture"
        assert [_post(house, {"amount_minor": 7}, path=path).status_code for _ in range(2)] == [202, 202]

    def test_runs_each_time_without_a_key(self, house: House) -> None:
        path = "/api/v1/orders/a/capture"
        assert [_post(house, {"amount_minor": 5}, None, path).status_code for _ in range(2)] == [200, 200]
        assert _facts(house) == 2

    def test_books_a_storm_of_repeats_once(self, house: House) -> None:
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _n: _post(house, {"amount_minor": 5}), range(16)))
        assert {a.status_code for a in answers} == {201}
        assert len({a.content for a in answers}) == 1
        assert sum("idempotency-replayed" in a.headers for a in answers) == 15
        assert _facts(house) == 1


class TestIdempotencyKey:
    @pytest.mark.parametrize("key", [None, "", " ", "a b", "x" * 256, "ü", "a\tb"], ids=repr)
    def test_refuses(self, house: House, key: str | None) -> None:
        headers: dict[str, Any] = house.bearer("customer")
        if key is not None:
            headers["idempotency-key"] = key.encode()
        answer = house.http.post("/api/v1/orders", json={"amount_minor": 5}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (400, "request.idempotency-key")

    def test_refuses_two(self, house: House) -> None:
        headers = [*house.bearer("customer").items(), ("idempotency-key", "a"), ("idempotency-key", "a")]
        answer = house.http.post("/api/v1/orders", json={"amount_minor": 5}, headers=headers)
        assert answer.json()["code"] == "request.idempotency-key"

    @pytest.mark.parametrize("key", ["!", "~" * 255, '{"a":1}'])
    def test_takes(self, house: House, key: str) -> None:
        assert _post(house, {"amount_minor": 5}, key).status_code == 201
