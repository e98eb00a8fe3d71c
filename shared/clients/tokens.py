"""A service's own tokens for its calls to other services, renewed at half their life."""

import threading
import time
from typing import Protocol

import httpx

from shared.errors import Unavailable
from shared.observability.context import current_request_id
from shared.settings import ServiceSettings

_CACHED = 10_000
_PAUSE_SECONDS = 0.25


class TokenSource(Protocol):
    """Who gives tokens for calls: `ServiceTokenSource`, or identity's own signer."""

    def token_for(self, audience: str, act: str | None = None) -> str:
        """Give a service token for a callee, on behalf of user `act` if given."""

    def forget(self, audience: str, act: str | None = None) -> None:
        """Drop a token that the callee refused."""


class ServiceTokenSource:
    """Buys tokens from identity with the service's client secret; safe between threads."""

    def __init__(self, settings: ServiceSettings, *, transport: httpx.BaseTransport | None = None) -> None:
        """Prepare; nothing is asked before the first call."""
        self._service = settings.service
        self._secret = settings.client_secret
        self._client = httpx.Client(
            base_url=settings.identity_url,
            timeout=httpx.Timeout(5.0, connect=1.0),
            transport=transport,
            trust_env=False,
        )
        self._tokens: dict[tuple[str, str | None], tuple[str, float]] = {}
        self._lock = threading.Lock()
        self._refused_until = 0.0

    def token_for(self, audience: str, act: str | None = None) -> str:
        """Give a token for a callee, on behalf of user `act` if given.

        :raises Unavailable: if identity does not give one
        """
        known = self._tokens.get((audience, act))
        if known is not None and time.monotonic() < known[1]:
            return known[0]
        with self._lock:
            known = self._tokens.get((audience, act))
            if known is not None and time.monotonic() < known[1]:
                return known[0]
            if time.monotonic() < self._refused_until:
                raise Unavailable("identity gave no token a moment ago.", retry_after_seconds=1)
            began = time.monotonic()
            try:
                token, life_seconds = self._buy(audience, act)
            except Unavailable:  # those who waited long for this answer do not ask one after another
                ended = time.monotonic()
                self._refused_until = ended + min(ended - began, _PAUSE_SECONDS)
                raise
            if len(self._tokens) >= _CACHED:
                self._tokens.clear()
            self._tokens[(audience, act)] = (token, time.monotonic() + life_seconds / 2)
            return token

    def forget(self, audience: str, act: str | None = None) -> None:
        """Drop a token that the callee refused, so that the next call buys a new one."""
        self._tokens.pop((audience, act), None)

    def _buy(self, audience: str, act: str | None) -> tuple[str, float]:
        body = {
            "client_id": self._service,
            "client_secret": self._secret.get_secret_value(),
            "audience": audience,
        }
        if act is not None:
            body["act"] = act
        request_id = current_request_id()
        headers = {"x-request-id": request_id} if request_id else {}
        try:
            answer = self._client.post("/internal/service-tokens", json=body, headers=headers)
            if answer.status_code not in (200, 201):
                raise Unavailable(f"identity refused a token for calls to {audience}: {answer.status_code}.")
            given = answer.json()
            return str(given["access_token"]), float(given["expires_in"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as wrong:
            raise Unavailable(f"identity gave no token for calls to {audience}.", retry_after_seconds=1) from wrong
