"""Calls from one service to another: with a token, a deadline and the request id, retried only where that is safe.

One layer retries: a request that is itself a later try of its caller is tried once.
"""

from collections.abc import Mapping
from typing import Any

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    stop_any,
    wait_random_exponential,
)
from tenacity.stop import stop_base

from shared.clients.breaker import Breaker
from shared.clients.tokens import TokenSource
from shared.errors import Unavailable
from shared.observability.context import (
    current_attempt,
    current_deadline,
    current_request_id,
    current_traceparent,
    deadline_header,
    remaining_seconds,
)
from shared.observability.metrics import CLIENT_REQUESTS
from shared.settings import BankSettings

CONNECT_SECONDS = 1.0
TOTAL_SECONDS = 5.0
MAX_TRIES = 3
_IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE"})


class CalleeUnavailable(Unavailable):
    """A service that was asked did not give a useful answer; `may_be_done` if it may have acted all the same."""

    code = "service.unavailable"

    def __init__(self, detail: str, *, retry_after_seconds: int | None = None, may_be_done: bool = True) -> None:
        """Say which service, and whether the request may have reached it."""
        super().__init__(detail, retry_after_seconds=retry_after_seconds)
        self.may_be_done = may_be_done


class _TryAgain(CalleeUnavailable):
    """A failure that another try may mend."""


class ServiceClient:
    """Speaks to one other service; safe between threads, keeps its connections."""

    def __init__(
        self,
        settings: BankSettings,
        callee: str,
        token_source: TokenSource,
        *,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Prepare for calls to `callee`; tests give a transport."""
        self.callee = callee
        self._tokens = token_source
        self._breaker = Breaker(callee)
        self._client = httpx.Client(
            base_url=settings.url_of(callee),
            transport=transport,
            trust_env=False,
            limits=httpx.Limits(max_connections=32, max_keepalive_connections=16, keepalive_expiry=30),
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        params: Mapping[str, str | int] | None = None,
        idempotency_key: str | None = None,
        headers: Mapping[str, str] | None = None,
        act: str | None = None,
        timeout_seconds: float = TOTAL_SECONDS,
    ) -> httpx.Response:
        """Ask the callee, on behalf of user `act` if given; a 2xx–4xx answer is given back, the caller decides.

        GET, PUT, DELETE and keyed POSTs are tried up to three times, within the deadline or `timeout_seconds`.

        :raises Unavailable: if there was no answer, a 5xx, no token, or no time left
        """
        sent = dict(headers or {})
        if idempotency_key is not None:
            sent["idempotency-key"] = idempotency_key
        keyed = any(name.lower() == "idempotency-key" for name in sent)
        may_retry = (method.upper() in _IDEMPOTENT or keyed) and current_attempt() == 1
        allowed = _Allowance(timeout_seconds)
        may_be_done = False
        for attempt in Retrying(
            stop=stop_any(stop_after_attempt(MAX_TRIES if may_retry else 1), allowed),
            wait=wait_random_exponential(multiplier=0.05, max=0.5),
            retry=retry_if_exception_type(_TryAgain),
            reraise=True,
        ):
            with attempt:
                number = max(attempt.retry_state.attempt_number, current_attempt())
                try:
                    request = self._client.build_request(
                        method, path, json=json, params=params, headers=sent, timeout=allowed.timeout(self.callee)
                    )
                    return self._try_once(request, act, number)
                except CalleeUnavailable as fault:  # a try that never left does not undo the ones before it
                    fault.may_be_done = may_be_done = fault.may_be_done or may_be_done
                    raise
        raise AssertionError("tenacity ended without an answer")  # unreachable: reraise=True

    def _try_once(self, request: httpx.Request, act: str | None, number: int) -> httpx.Response:
        if not self._breaker.may_try():
            self._count("not-tried")
            raise CalleeUnavailable(
                f"{self.callee} has failed and is not asked for a moment.", retry_after_seconds=2, may_be_done=False
            )
        answer = self._send(request, act, number)
        if answer.status_code == 401:
            # identity may have rotated its keys or been restored: one new token, then the answer stands.
            self._tokens.forget(self.callee, act)
            answer = self._send(request, act, number)
        if answer.status_code >= 500:
            self._breaker.failed()
            self._count("fault")
            kind = _TryAgain if answer.status_code in (502, 503, 504) else CalleeUnavailable
            raise kind(f"{self.callee} answered {answer.status_code}.", retry_after_seconds=_retry_after(answer))
        self._breaker.succeeded()
        self._count("answered" if answer.status_code < 400 else "refused")
        return answer

    def _send(self, request: httpx.Request, act: str | None, number: int) -> httpx.Response:
        request.headers["authorization"] = f"Bearer {self._token(act)}"
        request.headers["x-attempt"] = str(number)
        deadline = current_deadline()
        for name, value in (
            ("x-request-id", current_request_id()),
            ("traceparent", current_traceparent()),
            ("x-deadline", deadline_header(deadline) if deadline is not None else None),
        ):
            if value is not None:
                request.headers[name] = value
        try:
            return self._client.send(request)
        except httpx.HTTPError as wrong:
            self._breaker.failed()
            self._count("no-answer")
            never_sent = isinstance(wrong, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
            raise _TryAgain(
                f"{self.callee} did not answer: {type(wrong).__name__}.",
                retry_after_seconds=1,
                may_be_done=not never_sent,
            ) from wrong

    def _token(self, act: str | None) -> str:
        return self._tokens.token_for(self.callee, act)

    def _count(self, outcome: str) -> None:
        CLIENT_REQUESTS.labels(self.callee, outcome).inc()


class _Allowance(stop_base):
    """The time that a call may take over all its tries."""

    def __init__(self, total_seconds: float) -> None:
        remaining = remaining_seconds()
        self.total_seconds = total_seconds if remaining is None else min(total_seconds, remaining)
        self._spent_seconds = 0.0

    def __call__(self, retry_state: RetryCallState) -> bool:
        """Tell tenacity to stop when no useful time is left."""
        self._spent_seconds = retry_state.seconds_since_start or 0.0
        return self._spent_seconds >= self.total_seconds

    def timeout(self, callee: str) -> httpx.Timeout:
        """Give the timeouts of the next try.

        :raises Unavailable: if no time is left
        """
        left = self.total_seconds - self._spent_seconds
        if left <= 0:
            raise CalleeUnavailable(f"No time is left to ask {callee}.", may_be_done=False)
        return httpx.Timeout(left, connect=min(CONNECT_SECONDS, left))


def _retry_after(answer: httpx.Response) -> int | None:
    said = answer.headers.get("retry-after", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 4 else None
