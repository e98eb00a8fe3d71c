"""Nothing is reached without a policy row, the right token and the right role, and every no is a problem."""

import json
import logging
from typing import Any

import pytest

from shared.clock import now
from shared.observability.context import deadline_header
from tests.shared.web.house import House

ORDER = {"amount_minor": 5}


def _problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert (body["type"], body["status"], body["code"]) == (f"/api/problems#{code}", status, code)
    assert body["title"]
    assert body["detail"]
    assert body["request_id"] == answer.headers["x-request-id"]
    return body


class TestRoutes:
    @pytest.mark.parametrize(
        "path",
        ["/", "/api/v1/nothing", "/api/v1/orders/", "/API/v1/orders", "/api/v1//orders", "/docs", "/openapi.json",
         "/api/v1/orders/%0a", "/api/v1/who%0A", "/api/v1/orders/mine%0a", "/internal", "/api/v1/promised/x"],
    )  # fmt: skip
    def test_has_nothing_without_a_row(self, house: House, path: str) -> None:
        _problem(house.http.get(path, headers=house.bearer("customer", "teller")), 404, "request.not-found")

    def test_answers_404_for_a_row_that_no_route_serves(self, house: House) -> None:
        _problem(house.http.get("/api/v1/promised", headers=house.bearer("customer")), 404, "request.not-found")

    @pytest.mark.parametrize("method", ["DELETE", "PUT", "OPTIONS", "TRACE", "BREW"])
    def test_names_the_methods_a_path_has(self, house: House, method: str) -> None:
        answer = house.http.request(method, "/api/v1/orders")
        _problem(answer, 405, "request.method-not-allowed")
        assert answer.headers["allow"] == "GET, HEAD, POST"

    def test_answers_head_as_get_without_a_body(self, house: House) -> None:
        answer = house.http.head("/api/v1/who", headers=house.bearer("customer"))
        assert (answer.status_code, answer.content) == (200, b"")
        assert house.http.head("/api/v1/who").status_code == 401

    def test_takes_the_literal_path_before_the_parameter(self, house: House) -> None:
        assert house.http.get("/api/v1/orders/mine", headers=house.bearer("customer")).json() == {"mine": "user-1"}
        _problem(house.http.get("/api/v1/orders/mine", headers=house.bearer("teller")), 403, "auth.role-not-allowed")

    def test_refuses_an_address_over_8_kib(self, house: House) -> None:
        _problem(house.http.get("/api/v1/who?q=" + "x" * 9000), 414, "request.uri-too-long")

    @pytest.mark.parametrize("address", ["/api/v1/who?q=a%00", "/api/v1/orders/%00"])
    def test_refuses_a_nul_anywhere(self, house: House, address: str) -> None:
        _problem(house.http.get(address, headers=house.bearer("teller")), 400, "request.malformed-address")


class TestTokens:
    def test_asks_for_a_token(self, house: House) -> None:
        answer = house.http.get("/api/v1/who")
        _problem(answer, 401, "auth.missing-token")
        assert answer.headers["www-authenticate"] == "Bearer"

    @pytest.mark.parametrize("sent", ["Basic abc", "Bearer", "Bearer ", "Bearer x", "x", "", "Bearer é"])
    def test_refuses_the_header(self, house: House, sent: str) -> None:
        answer = house.http.get("/api/v1/who", headers={"authorization": sent.encode()})
        _problem(answer, 401, "auth.invalid-token")
        assert "invalid_token" in answer.headers["www-authenticate"]

    def test_refuses_two_tokens(self, house: House) -> None:
        value = house.bearer("customer")["authorization"]
        answer = house.http.get("/api/v1/who", headers=[("authorization", value), ("authorization", value)])
        _problem(answer, 401, "auth.invalid-token")

    def test_lets_a_user_in(self, house: House) -> None:
        answer = house.http.get("/api/v1/who", headers=house.bearer("customer"))
        assert answer.json() == {"user_id": "user-1", "service": None, "roles": ["customer"]}
        assert answer.headers["cache-control"] == "no-store"

    def test_refuses_a_revoked_session(self, house: House) -> None:
        sent = house.bearer("customer")
        assert house.http.get("/api/v1/who", headers=sent).status_code == 200
        house.revocations.add(session_id="session-1", user_id=None, revoked_at=now())
        _problem(house.http.get("/api/v1/who", headers=sent), 401, "auth.invalid-token")

    def test_refuses_a_role_that_the_row_does_not_name(self, house: House) -> None:
        _problem(house.http.post("/api/v1/orders", headers=house.bearer("teller")), 403, "auth.role-not-allowed")

    def test_keeps_users_out_of_internal_routes(self, house: House) -> None:
        _problem(house.http.get("/internal/who", headers=house.bearer("admin")), 403, "auth.role-not-allowed")
        _problem(house.http.get("/internal/events"), 401, "auth.missing-token")

    def test_keeps_services_out_of_user_routes(self, house: House) -> None:
        token = house.signer.service("support", audience="accounts", act="user-3")
        sent = {"authorization": f"Bearer {token}"}
        _problem(house.http.get("/api/v1/orders", headers=sent), 403, "auth.role-not-allowed")
        assert house.http.get("/api/v1/who", headers=sent).json()["service"] == "support"

    def test_knows_who_a_service_acts_for(self, house: House) -> None:
        token = house.signer.service("support", audience="accounts", act="user-3")
        answer = house.http.get("/internal/who", headers={"authorization": f"Bearer {token}"})
        assert answer.json() == {"user_id": "user-3", "service": "support", "roles": ["service"]}

    def test_refuses_a_service_token_for_a_neighbour(self, house: House) -> None:
        token = house.signer.service("support", audience="transactions")
        answer = house.http.get("/internal/who", headers={"authorization": f"Bearer {token}"})
        _problem(answer, 401, "auth.invalid-token")

    def test_does_not_look_at_a_token_on_a_public_route(self, house: House) -> None:
        answer = house.http.post("/api/v1/open", headers={"authorization": "Bearer rubbish"})
        assert answer.json() == {"principal": "anonymous"}

    def test_comes_before_the_body_is_read(self, house: House) -> None:
        _problem(house.http.post("/api/v1/orders", content=b"{broken"), 401, "auth.missing-token")
        answer = house.http.post("/api/v1/orders", content=b"{broken", headers=house.bearer("teller"))
        _problem(answer, 403, "auth.role-not-allowed")


class TestBodies:
    def _post(self, house: House, content: Any, **headers: str) -> Any:
        sent = {**house.bearer("customer"), "content-type": "application/json", "idempotency-key": "k", **headers}
        return house.http.post("/api/v1/orders", content=content, headers=sent)

    @pytest.mark.parametrize(
        "content",
        [
            b"{", b"nonsense", b"{'a':1}", b'{"amount_minor":1,}', b'{"amount_minor":1}{}', b"\xef\xbb\xbf{}",
            b"\xff{}",
            b'{"amount_minor":NaN}', b'{"amount_minor":Infinity}', b'{"amount_minor":-Infinity}',
            b'{"amount_minor":1e400}', b'{"amount_minor":-1e400}', b'{"amount_minor":' + b"9" * 20 + b"}",
            b'{"amount_minor":' + b"9" * 5000 + b"}", b'{"amount_minor":1,"amount_minor":2}',
            b'{"amount_minor":1,"a":{"b":1,"b":1}}', b'{"amount_minor":1,"note":"\\ud800"}',
            b'{"\\udfff":1}', b'{"note":"a\\u0000b"}', b'{"note":"a\x00b"}', b'{"amount_minor":01}',
            b"[" * 33 + b"]" * 33, b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 40 + b"1" + b"}" * 40,
        ],
        ids=lambda content: repr(content[:24]),
    )  # fmt: skip
    def test_refuses_as_malformed(self, house: House, content: bytes) -> None:
        body = _problem(self._post(house, content), 400, "request.malformed-json")
        assert "9999" not in body["detail"]

    @pytest.mark.parametrize(
        "content", [b'{"note":"\\\\u0000","amount_minor":1}', '{"amount_minor":1,"note":"\\ud83d\\ude00é"}'.encode()]
    )
    def test_takes_escapes_that_mean_something(self, house: House, content: bytes) -> None:
        assert self._post(house, content).status_code == 201

    @pytest.mark.parametrize(
        "value", ["true", '"12"', "1.0", "1.5", "0", "-1", "1000000000001", "null", "[]", "1e2", "9" * 19]
    )
    def test_refuses_as_amount(self, house: House, value: str) -> None:
        body = _problem(self._post(house, f'{{"amount_minor":{value}}}'), 422, "request.invalid")
        assert [e["field"] for e in body["errors"]] == ["amount_minor"]

    @pytest.mark.parametrize("content", [b"[]", b"1", b'"x"', b"null", b"{}", b""])
    def test_refuses_as_order(self, house: House, content: bytes) -> None:
        _problem(self._post(house, content), 422, "request.invalid")

    @pytest.mark.parametrize(
        "more",
        [{"surprise": 1}, {"currency": "eur"}, {"currency": "EUR\n"}, {"day": "2026-02-30"}, {"day": 20260101},
         {"at": "2026-01-01T00:00:00"}, {"note": 5}],
        ids=str,
    )  # fmt: skip
    def test_refuses_the_field(self, house: House, more: dict[str, object]) -> None:
        body = _problem(self._post(house, json.dumps({**ORDER, **more})), 422, "request.invalid")
        assert [e["field"] for e in body["errors"]] == list(more)

    def test_never_repeats_what_was_sent(self, house: House) -> None:
        answer = self._post(house, '{"amount_minor":"ada@demo.bank","day":"ada@demo.bank","at":"ada@demo.bank"}')
        _problem(answer, 422, "request.invalid")
        assert "ada@demo.bank" not in answer.text

    def test_reads_dates_and_times(self, house: House) -> None:
        assert (
            self._post(house, json.dumps({**ORDER, "day": "2026-02-28", "at": "2026-01-01T01:00:00+01:00"})).status_code
            == 201
        )

    @pytest.mark.parametrize(
        "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
                 "application/json; charset=utf-16", "application/jsonx", "", "application/merge-patch+json"],
    )  # fmt: skip
    def test_refuses_the_type(self, house: House, kind: str) -> None:
        answer = self._post(house, json.dumps(ORDER), **{"content-type": kind})
        _problem(answer, 415, "request.unsupported-media-type")

    def test_refuses_a_body_without_a_type_and_a_compressed_one(self, house: House) -> None:
        answer = house.http.post("/api/v1/orders", content=b"{}", headers=house.bearer("customer"))
        _problem(answer, 415, "request.unsupported-media-type")
        answer = self._post(house, b"{}", **{"content-encoding": "gzip"})
        _problem(answer, 415, "request.unsupported-media-type")

    def test_takes_utf8_said_in_any_way(self, house: House) -> None:
        for kind in ("application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"'):
            assert self._post(house, json.dumps(ORDER), **{"content-type": kind}).status_code == 201

    def test_refuses_a_body_over_256_kib_by_its_length_and_by_its_bytes(self, house: House) -> None:
        long = b'{"note":"' + b"x" * 262_144 + b'"}'
        assert _problem(self._post(house, long), 413, "request.too-large")["limit_bytes"] == 262_144
        _problem(self._post(house, iter([long[:200_000], long[200_000:]])), 413, "request.too-large")
        _problem(self._post(house, iter([long]), **{"content-length": "10"}), 413, "request.too-large")
        _problem(self._post(house, b"{}", **{"content-length": "1e3"}), 400, "request.bad-framing")

    def test_takes_a_body_of_just_256_kib(self, house: House) -> None:
        frame = b'{"amount_minor":5,"note":"%s"}'
        content = frame % (b"x" * (262_144 - len(frame) + 2))
        assert len(content) == 262_144
        assert self._post(house, content).status_code == 201

    @pytest.mark.parametrize("body", ['{"role": "admin"}', "[1]", '"x"', "7", "false"])
    def test_refuses_fields_where_no_body_is_read(self, house: House, body: str) -> None:
        sent = {"content-type": "application/json"}
        problem = _problem(house.http.post("/api/v1/open", content=body, headers=sent), 422, "request.invalid")
        assert problem["errors"][0]["field"] == ("role" if "role" in body else "body")

    @pytest.mark.parametrize("body", ["", "{}", "null"])
    def test_takes_nothing_at_all_where_no_body_is_read(self, house: House, body: str) -> None:
        assert house.http.post("/api/v1/open", content=body, headers={"content-type": "application/json"}).is_success


class TestContext:
    def test_takes_a_decent_request_id_and_replaces_others(self, house: House) -> None:
        assert house.http.get("/livez", headers={"x-request-id": "abc-1.2_3"}).headers["x-request-id"] == "abc-1.2_3"
        for bad in ("x" * 65, "a b", "ü", ""):
            given = house.http.get("/livez", headers={"x-request-id": bad.encode()}).headers["x-request-id"]
            assert given != bad
            assert len(given) == 36

    def test_does_not_begin_what_nobody_waits_for(self, house: House) -> None:
        past = {**house.bearer("customer"), "x-deadline": "1000"}
        answer = house.http.get("/api/v1/who", headers=past)
        _problem(answer, 503, "request.deadline-passed")
        future = {**house.bearer("customer"), "x-deadline": str(int(deadline_header(now())) + 9000)}
        assert house.http.get("/api/v1/who", headers=future).status_code == 200
        for unreadable in ("soon", "-1", "9" * 30):
            sent = {**house.bearer("customer"), "x-deadline": unreadable}
            assert house.http.get("/api/v1/who", headers=sent).status_code == 200


class TestFaults:
    def _get(self, house: House, kind: str) -> Any:
        return house.http.get(f"/api/v1/broken/{kind}", headers=house.bearer("customer"))

    def test_says_when_to_try_again_and_not_what_is_gone(self, house: House) -> None:
        answer = self._get(house, "fault")
        _problem(answer, 503, "service.unavailable")
        assert answer.headers["retry-after"] == "7"
        assert "secret-host" not in answer.text

    def test_calls_a_locked_store_busy(self, house: House) -> None:
        answer = self._get(house, "locked")
        _problem(answer, 503, "store.busy")
        assert answer.headers["retry-after"] == "1"

    @pytest.mark.parametrize("kind", ["sql", "other"])
    def test_answers_500_and_logs_no_value(
        self, house: House, kind: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
    ) -> None:
        from shared.observability.logs import configure_logging

        before = (logging.getLogger().handlers[:], logging.getLogger().level)
        configure_logging("accounts")
        try:
            answer = self._get(house, kind)
        finally:
            logging.getLogger().handlers[:] = before[0]
            logging.getLogger().setLevel(before[1])
        _problem(answer, 500, "internal.fault")
        printed = capsys.readouterr().out
        line = next(json.loads(text) for text in printed.splitlines() if "internal.fault" in text)
        assert any("break_down" in frame for frame in line["exception"][0]["frames"])
        assert line["request_id"] == answer.headers["x-request-id"]
        assert "ada@demo.bank" not in printed + answer.text + caplog.text
