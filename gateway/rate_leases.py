"""What several gateways share of a quota: a number in Redis per subject and window, which only ever grows.

Redis is asked a few times per window by who uses much, and may be away: then each gateway counts alone, and asks again
a second later.
"""

from typing import Protocol

import structlog
from redis.asyncio import BlockingConnectionPool, Redis
from redis.exceptions import RedisError

from shared.clock import now_ns

_ANSWER_SECONDS = 0.1
_CONNECTIONS = 4
_AWAY_NS = 1_000_000_000
_log = structlog.get_logger("bank.gateway")


class Leases(Protocol):
    """Who gives shares of a quota."""

    @property
    def is_reachable(self) -> bool:
        """Tell whether asking is worth it now."""

    async def lease(self, key: str, wanted: int, *, of: int, life_seconds: int) -> int | None:
        """Give how many of `wanted` are left in a quota `of` so many; None if it cannot be told."""


class RedisLeases:
    """Shares kept in Redis."""

    def __init__(self, url: str, *, answer_seconds: float = _ANSWER_SECONDS) -> None:
        """Use a server; it is connected to when it is first needed. It is away if it takes longer to answer."""
        # Few connections, which who asks at the same moment as many others waits for.
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=_CONNECTIONS,
            timeout=answer_seconds,
            socket_timeout=answer_seconds,
            socket_connect_timeout=answer_seconds,
        )
        self._redis = Redis.from_pool(pool)
        self._away_until = 0
        self._is_away = False

    @property
    def is_reachable(self) -> bool:
        """Tell whether asking is worth it now: not for a second after it failed."""
        return not self._is_away or now_ns() >= self._away_until

    async def lease(self, key: str, wanted: int, *, of: int, life_seconds: int) -> int | None:
        """Give how many of `wanted` are left in a quota `of` so many; None if Redis does not tell."""
        try:
            async with self._redis.pipeline(transaction=True) as pipe:
                _ = pipe.incrby(key, wanted), pipe.expire(key, life_seconds)
                total, _ = await pipe.execute()
        except (RedisError, OSError, TimeoutError) as wrong:
            if not self._is_away:
                _log.warning("rate_limits.count_alone", reason=type(wrong).__name__)
            self._is_away, self._away_until = True, now_ns() + _AWAY_NS
            return None
        if self._is_away:
            _log.info("rate_limits.count_together")
            self._is_away = False
        return max(0, min(wanted, of - (int(total) - wanted)))

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()
