"""A worker that takes nothing notices it."""

from threading import Event
from typing import Any

import pytest
import redis

from shared.worker.consuming import ConsumerWatch, state
from tests.builders.redis import RedisServer


@pytest.fixture
def queue(redis_server: RedisServer) -> "redis.Redis[Any]":
    client = redis.Redis.from_url(redis_server.url)
    client.delete("q")
    return client


class TestConsumerWatch:
    def watch(self, redis_server: RedisServer) -> ConsumerWatch:
        return ConsumerWatch(redis_server.url, "q", patience_seconds=10)

    def test_finds_a_worker_stuck_whose_messages_wait(self, redis_server: RedisServer, queue: Any) -> None:
        watch = self.watch(redis_server)
        queue.lpush("q", "m")
        assert [watch.is_stuck(moment) for moment in (0.0, 9.9, 10.0)] == [False, False, True]

    def test_does_not_mind_an_empty_queue_or_a_redis_that_is_away(self, redis_server: RedisServer, queue: Any) -> None:
        assert not any(self.watch(redis_server).is_stuck(moment) for moment in (0.0, 100.0))
        away = ConsumerWatch("redis://127.0.0.1:1/0", "q", patience_seconds=10)
        assert not any(away.is_stuck(moment) for moment in (0.0, 100.0))

    def test_counts_from_the_last_message_received(self, redis_server: RedisServer, queue: Any) -> None:
        watch = self.watch(redis_server)
        queue.lpush("q", "m")
        assert not watch.is_stuck(0.0)
        watch._note()
        assert [watch.is_stuck(moment) for moment in (10.0, 11.0, 20.0, 21.0)] == [False, False, False, True]

    def test_leaves_a_worker_alone_that_works(
        self, redis_server: RedisServer, queue: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        watch = self.watch(redis_server)
        queue.lpush("q", "m")
        monkeypatch.setattr(state, "active_requests", {"a job"})
        assert not any(watch.is_stuck(moment) for moment in (0.0, 100.0, 200.0))

    def test_ends_the_worker_once(self, redis_server: RedisServer, queue: Any) -> None:
        watch = ConsumerWatch(redis_server.url, "q", patience_seconds=0)
        queue.lpush("q", "m")
        ended: list[bool] = []
        watch.watch(Event(), lambda: ended.append(True))
        assert ended == [True]
