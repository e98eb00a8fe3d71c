"""How often somebody may ask: per user, per address and for signing in, counted here and shared with other gateways.

A gateway counts for itself and asks Redis only for more: the first eighth of a quota is everybody's without asking,
and further eighths are leased while some are left, before they are needed. So no request waits for Redis unless its
user is at the quota's end, and a gateway that cannot reach Redis counts alone.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass

from prometheus_client import Counter

from gateway.exchange import Exchange
from gateway.policy import Operation
from gateway.rate_leases import Leases
from gateway.refusals import RateExceeded
from gateway.routes import SIGN_INS
from gateway.settings import GatewaySettings
from shared.clock import now_ns

_REFUSED = Counter("bank_gateway_rate_limited_total", "Requests refused because somebody asked too often.", ["quota"])
_MOST_SUBJECTS = 20_000
_LOOPBACK = ("127.", "::1")


@dataclass(frozen=True, slots=True)
class Quota:
    """So many requests in so many seconds."""

    name: str
    requests: int
    seconds: int

    @property
    def policy(self) -> tuple[bytes, bytes]:
        """Give the RateLimit-Policy header."""
        return (b"ratelimit-policy", f'"{self.name}";q={self.requests};w={self.seconds}'.encode())


@dataclass(slots=True)
class Share:
    """What one subject used in one window, and what this gateway may give it. `spent`: no more can be leased."""

    window: int
    granted: int
    used: int = 0
    leased: int = 0
    spent: bool = False
    lease: asyncio.Task[None] | None = None


class Limiter:
    """Counts the requests of each subject against one quota."""

    def __init__(self, quota: Quota, leases: Leases) -> None:
        """Count from nothing."""
        self.quota = quota
        self._leases = leases
        self._chunk = max(1, quota.requests // 8)
        self._shares: dict[str, Share] = {}
        self._policy = quota.policy
        self._head = f'"{quota.name}";r='.encode()
        _REFUSED.labels(quota.name)

    def take(self, exchange: Exchange, subject: str) -> Coroutine[None, None, None] | None:
        """Count a request; None if it may go on at once, else what to wait for (which may refuse it)."""
        seconds = self.quota.seconds
        moment = now_ns() // 1_000_000_000
        window = moment // seconds
        share = self._shares.get(subject)
        if share is None or share.window != window:
            share = self._begin(subject, window)
        share.used += 1
        left = share.granted - share.used
        if left * 2 < self._chunk and share.lease is None and not share.spent:
            self._ask(subject, share)
        if left < 0:
            return self._wait(exchange, subject, share, share.used)
        self._tell(exchange, share, moment)
        return None

    def _begin(self, subject: str, window: int) -> Share:
        if len(self._shares) >= _MOST_SUBJECTS:
            self._shares = {name: share for name, share in self._shares.items() if share.window == window}
            if len(self._shares) >= _MOST_SUBJECTS:
                self._shares.clear()
        share = self._shares[subject] = Share(window, self._chunk)
        if not self._leases.is_reachable:
            share.granted, share.spent = self.quota.requests, True
        return share

    def _ask(self, subject: str, share: Share) -> None:
        share.lease = asyncio.create_task(self._lease(subject, share))

    async def _lease(self, subject: str, share: Share) -> None:
        """Lease some more; what was given without asking is leased with the first."""
        quota = self.quota
        more = self._chunk + (0 if share.leased else share.granted)
        key = f"rate:{quota.name}:{subject}:{share.window}"
        try:
            got = await self._leases.lease(key, more, of=quota.requests, life_seconds=quota.seconds + 5)
        finally:
            share.lease = None
        if got is None:
            share.granted, share.spent = quota.requests, True
        else:
            share.leased += got
            share.granted = max(share.granted, share.leased)
            share.spent = got < more

    async def _wait(self, exchange: Exchange, subject: str, share: Share, place: int) -> None:
        while place > share.granted:
            if share.lease is None:
                if share.spent:
                    self._refuse(exchange, share)
                self._ask(subject, share)
            if share.lease is not None:
                await asyncio.shield(share.lease)
        self._tell(exchange, share, now_ns() // 1_000_000_000)

    def _refuse(self, exchange: Exchange, share: Share) -> None:
        moment = now_ns() // 1_000_000_000
        self._tell(exchange, share, moment)
        _REFUSED.labels(self.quota.name).inc()
        raise RateExceeded(self.quota.name, retry_after_seconds=self._left(share, moment))

    def _left(self, share: Share, moment: int) -> int:
        return max(1, (share.window + 1) * self.quota.seconds - moment)

    def _tell(self, exchange: Exchange, share: Share, moment: int) -> None:
        left = self.quota.requests - share.used
        value = b"%b%d;t=%d" % (self._head, left if left > 0 else 0, self._left(share, moment))
        exchange.security = [*exchange.security, self._policy, (b"ratelimit", value)]


class RateLimits:
    """The quotas of this gateway."""

    def __init__(self, settings: GatewaySettings, leases: Leases) -> None:
        """Take the quotas of the environment: wide in the sandbox, where the machine itself has none by address."""
        self._user = Limiter(Quota("user", settings.user_rate, 1), leases)
        self._address = Limiter(Quota("address", settings.address_rate, 1), leases)
        self._sign_in = Limiter(Quota("sign-in", settings.sign_in_rate, 60), leases)
        self._spares_loopback = settings.is_sandbox

    def user(self, exchange: Exchange, user_id: str) -> Coroutine[None, None, None] | None:
        """Count a request of a user; None if it may go on at once, else wait for it.

        :raises RateExceeded: (the waiting) if the user asks too often
        """
        return self._user.take(exchange, user_id)

    async def address(self, exchange: Exchange, operation: Operation, address: str) -> None:
        """Count a request of an address.

        :raises RateExceeded: if too many come from there
        """
        waiting = self._address.take(exchange, address)
        if waiting is not None:
            await waiting
        if operation.name in SIGN_INS:
            waiting = self._sign_in.take(exchange, address)
            if waiting is not None:
                await waiting

    def counts(self, address: str) -> bool:
        """Tell whether an address is counted at all."""
        return not (self._spares_loopback and address.startswith(_LOOPBACK))
