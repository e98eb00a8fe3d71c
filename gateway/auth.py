"""Who asks: the bearer token is verified once here (cached until it expires or is revoked), then the role is checked.

Services verify the token again; what the gateway refuses never reaches them. Tokens are never logged.
"""

import asyncio
from typing import Protocol

import structlog

from gateway.refusals import RoleNotAllowed
from gateway.settings import GatewaySettings
from shared.clients.identity import make_verifier
from shared.clients.revocations import RevocationPoller
from shared.clients.tokens import ServiceTokenSource
from shared.clients.verify import InvalidToken, MissingToken
from shared.contracts.caller import Caller
from shared.contracts.policy.row import ANYONE, PolicyRow

_log = structlog.get_logger("bank.gateway")


class Verifier(Protocol):
    """Who can say whose token it is."""

    def cached(self, raw: str) -> Caller | None:
        """Give the caller of a token that was verified before and still holds, without waiting."""

    def verify(self, raw: str) -> Caller:
        """Give the caller of a token; may wait for identity's keys."""


class Doorkeeper:
    """Lets in who has a token of ours and a role that the operation allows."""

    def __init__(self, verifier: Verifier, poller: RevocationPoller | None = None) -> None:
        """Trust a verifier; the poller keeps its revocations up to date."""
        self._verifier = verifier
        self._poller = poller

    @classmethod
    def of_identity(cls, settings: GatewaySettings) -> "Doorkeeper":
        """Trust identity's keys and revocations."""
        verifier, poller = make_verifier(settings, ServiceTokenSource(settings))
        if settings.client_secret.get_secret_value():
            return cls(verifier, poller)
        # The services check revocations themselves; only the early no at this door is missing then.
        _log.warning("revocations.not_polled", reason="GATEWAY_CLIENT_SECRET is not set")
        return cls(verifier)

    def start(self) -> None:
        """Begin to follow revocations."""
        if self._poller is not None:
            self._poller.start()

    def stop(self) -> None:
        """Stop following revocations."""
        if self._poller is not None:
            self._poller.stop()

    async def admit(self, authorization: bytes | None, row: PolicyRow) -> Caller:
        """Give the caller who may call an operation.

        :raises MissingToken: if there is no Authorization header
        :raises InvalidToken: if the token is not one of a person, for this bank, that holds now
        :raises RoleNotAllowed: if no role of the caller is among the operation's
        :raises Unavailable: if identity's keys cannot be had at all
        """
        raw = _bearer(authorization)
        # A first look waits for a signature check, perhaps for keys: not in the loop that everybody shares.
        caller = self._verifier.cached(raw)
        if caller is None:
            caller = await asyncio.to_thread(self._verifier.verify, raw)
        if caller.service is not None:
            raise InvalidToken("Services do not come in by this door.")
        if ANYONE not in row.roles and caller.roles.isdisjoint(row.roles):
            raise RoleNotAllowed
        return caller


def _bearer(authorization: bytes | None) -> str:
    if authorization is None:
        raise MissingToken
    kind, _, raw = authorization.partition(b" ")
    if kind.lower() != b"bearer" or not raw or not raw.isascii():
        raise InvalidToken
    return raw.decode("ascii")
