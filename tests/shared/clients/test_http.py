"""Calls between services: what is sent along, what is tried again, and when nothing is tried at all."""

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

import httpx
import pytest

from shared.clients.http import CalleeUnavailable, ServiceClient
from shared.clock import now
from shared.errors import Unavailable
from shared.observability.context import deadline_header, request_context
from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    service: ClassVar[str] = "accounts"


class Tokens:
    """Gives tokens without asking anybody."""

    def __init__(self) -> None:
        self.forgotten = 0

    def token_for(self, audience: str, act: str | None = None) -> str:
        return f"{audience}/{act}/{self.forgotten}"

    def forget(self, audience: str, act: str | None = None) -> None:
        self.forgotten += 1


class Callee:
    """Answers in turn with statuses, or breaks with exceptions; the last one stays."""

    def __init__(self, *turns: int | Exception) -> None:
        self.turns = list(turns)
        self.requests: list[httpx.Request] = []
        self.tokens: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.tokens.append(request.headers["authorization"])
        turn = self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]
        if isinstance(turn, Exception):
            raise turn
        return httpx.Response(turn, json={"status": turn}, headers={"retry-after": "4"})


Client = Callable[..., tuple[ServiceClient, Callee]]


@pytest.fixture
def client() -> Client:
    def make(*turns: int | Exception) -> tuple[ServiceClient, Callee]:
        callee = Callee(*turns)
        transport = httpx.MockTransport(callee)
        return ServiceClient(Settings(), "transactions", Tokens(), transport=transport), callee

    return make


class TestRequest:
    def test_sends_token_request_id_trace_deadline_and_attempt(self, client: Client) -> None:
        speaker, callee = client(200)
        deadline = now() + timedelta(seconds=3)
        trace = f"00-{'a' * 32}-{'b' * 16}-01"
        with request_context(request_id="r-1", traceparent=trace, deadline=deadline):
            answer = speaker.request("PUT", "/internal/x", json={"a": 1}, act="user-1", idempotency_key="k")
        sent = callee.requests[0]
        assert answer.json() == {"status": 200}
        assert sent.url == "http://127.0.0.1:8003/internal/x"
        assert sent.headers["authorization"] == "Bearer transactions/user-1/0"
        assert (sent.headers["x-request-id"], sent.headers["x-attempt"]) == ("r-1", "1")
        assert sent.headers["traceparent"].startswith(f"00-{'a' * 32}-")
        assert sent.headers["x-deadline"] == deadline_header(deadline)
        assert (sent.headers["idempotency-key"], sent.content) == ("k", b'{"a":1}')

    @pytest.mark.parametrize("status", [201, 304, 400, 404, 409, 422, 429])
    def test_leaves_it_to_the_caller_what_a_refusal_means(self, client: Client, status: int) -> None:
        speaker, callee = client(status)
        assert speaker.request("GET", "/x").status_code == status
        assert len(callee.requests) == 1

    @pytest.mark.parametrize("trouble", [503, 502, 504, httpx.ReadTimeout("late"), httpx.ConnectError("no")], ids=str)
    @pytest.mark.parametrize(("method", "key"), [("GET", None), ("PUT", None), ("DELETE", None), ("POST", "k")])
    def test_tries_again_what_may_be_repeated(
        self, client: Client, trouble: int | Exception, method: str, key: str | None
    ) -> None:
        speaker, callee = client(trouble, trouble, 200)
        assert speaker.request(method, "/x", idempotency_key=key).status_code == 200
        assert [r.headers["x-attempt"] for r in callee.requests] == ["1", "2", "3"]

    def test_gives_up_after_three_tries_and_says_when_to_come_back(self, client: Client) -> None:
        speaker, callee = client(503)
        with pytest.raises(Unavailable) as raised:
            speaker.request("GET", "/x")
        assert len(callee.requests) == 3
        assert raised.value.retry_after_seconds == 4

    @pytest.mark.parametrize("method", ["POST", "PATCH"])
    def test_does_not_repeat_what_might_act_twice(self, client: Client, method: str) -> None:
        speaker, callee = client(httpx.ReadTimeout("late"), 200)
        with pytest.raises(CalleeUnavailable) as raised:
            speaker.request(method, "/x")
        assert len(callee.requests) == 1
        assert raised.value.may_be_done

    def test_knows_when_nothing_was_sent(self, client: Client) -> None:
        speaker, _ = client(httpx.ConnectError("no"))
        with pytest.raises(CalleeUnavailable) as raised:
            speaker.request("POST", "/x")
        assert not raised.value.may_be_done

    def test_remembers_that_an_earlier_try_may_have_acted(self, client: Client) -> None:
        speaker, _ = client(httpx.ReadTimeout("late"), httpx.ConnectError("no"))
        with pytest.raises(CalleeUnavailable) as raised:
            speaker.request("PUT", "/x")
        assert raised.value.may_be_done

    def test_does_not_repeat_for_a_caller_that_repeats_itself(self, client: Client) -> None:
        speaker, callee = client(503)
        with request_context(attempt=2), pytest.raises(Unavailable):
            speaker.request("GET", "/x")
        assert [r.headers["x-attempt"] for r in callee.requests] == ["2"]

    def test_does_not_repeat_a_500(self, client: Client) -> None:
        speaker, callee = client(500)
        with pytest.raises(Unavailable):
            speaker.request("GET", "/x")
        assert len(callee.requests) == 1

    def test_buys_one_new_token_when_its_own_is_refused(self, client: Client) -> None:
        speaker, callee = client(401, 200)
        assert speaker.request("POST", "/x").status_code == 200
        assert [token[-1] for token in callee.tokens] == ["0", "1"]
        speaker, callee = client(401)
        assert speaker.request("GET", "/x").status_code == 401
        assert len(callee.requests) == 2

    def test_does_not_begin_after_the_deadline(self, client: Client) -> None:
        speaker, callee = client(200)
        with request_context(deadline=now() - timedelta(seconds=1)), pytest.raises(Unavailable):
            speaker.request("GET", "/x")
        assert callee.requests == []

    def test_waits_no_longer_than_the_deadline(self, client: Client) -> None:
        speaker, callee = client(200)
        with request_context(deadline=now() + timedelta(milliseconds=700)):
            speaker.request("GET", "/x")
        timeout = callee.requests[0].extensions["timeout"]
        assert 0 < timeout["read"] <= 0.7
        assert 0 < timeout["connect"] <= 0.7


class TestBreaker:
    def test_opens_after_five_failures_in_a_row_and_probes_once_after_two_seconds(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        speaker, callee = client(500)
        for _ in range(8):
            with pytest.raises(CalleeUnavailable):
                speaker.request("POST", "/x")
        assert len(callee.requests) == 5
        import shared.clients.breaker as module

        later = module.time.monotonic() + 2.1
        monkeypatch.setattr("shared.clients.breaker.time.monotonic", lambda: later)
        assert speaker._breaker.may_try()
        assert not speaker._breaker.may_try(), "one probe at a time"
        speaker._breaker.succeeded()
        assert speaker._breaker.may_try()

    def test_is_not_opened_by_refusals(self, client: Client) -> None:
        speaker, callee = client(409)
        for _ in range(8):
            speaker.request("POST", "/x")
        assert len(callee.requests) == 8
