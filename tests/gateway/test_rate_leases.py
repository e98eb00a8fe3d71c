"""Shares of a quota, kept in a real Redis, and what happens without one."""

import asyncio
import time

from gateway.rate_leases import RedisLeases
from tests.builders.redis import RedisServer, redis_process, redis_server
from tests.gateway.stand_ins import free_port

__all__ = ["redis_process", "redis_server"]


class TestRedisLeases:
    def test_give_what_is_left_and_forget_it_in_time(self, redis_server: RedisServer) -> None:
        async def lease() -> list[int | None]:
            leases = RedisLeases(redis_server.url)
            got = [await leases.lease("rate:user:ada:1", 40, of=100, life_seconds=60) for _ in range(4)]
            await leases.close()
            return got

        assert asyncio.run(lease()) == [40, 40, 20, 0]

    def test_are_had_by_many_at_once_over_few_connections(self, redis_server: RedisServer) -> None:
        async def lease() -> list[int | None]:
            leases = RedisLeases(redis_server.url, answer_seconds=10)  # about the waiting, not about this machine
            asked = (leases.lease(f"rate:user:{one}:1", 40, of=100, life_seconds=60) for one in range(200))
            got = await asyncio.gather(*asked)
            await leases.close()
            return got

        assert asyncio.run(lease()) == [40] * 200

    def test_say_soon_that_redis_is_away_and_spare_it_for_a_second(self) -> None:
        async def lease() -> tuple[int | None, bool, float]:
            leases = RedisLeases(f"redis://127.0.0.1:{free_port()}/0")
            assert leases.is_reachable
            began = time.monotonic()
            got = await leases.lease("rate:user:ada:1", 40, of=100, life_seconds=60)
            await leases.close()
            return got, leases.is_reachable, time.monotonic() - began

        got, is_reachable, seconds = asyncio.run(lease())
        assert (got, is_reachable) == (None, False)
        assert seconds < 0.5
