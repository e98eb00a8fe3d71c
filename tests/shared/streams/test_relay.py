"""The relay publishes in order, remembers how far it came, and clears what is older than it is kept."""

from datetime import timedelta
from threading import Event

import pytest
import redis
from sqlalchemy import select, update

from shared.clock import now
from shared.store.locks import StoreLocked
from shared.store.outbox_queries import oldest_sequence
from shared.streams.listener import StreamDoor
from shared.streams.relay import Relay
from tests.builders.redis import RedisServer
from tests.shared.streams.conftest import Consumer, Publisher, wait_until


def relayed(server: RedisServer) -> int:
    with redis.Redis.from_url(server.url) as client:
        return int(client.xlen("bank.publisher"))


class TestRelay:
    def test_does_not_relay_again_after_a_restart(
        self, publisher: Publisher, consumer: Consumer, redis_server: RedisServer
    ) -> None:
        publisher.count(1, 2, 3)
        consumer.relay.start()
        wait_until(lambda: relayed(redis_server) == 3)
        consumer.relay.stop()
        consumer.relay.start()
        publisher.count(4)
        wait_until(lambda: relayed(redis_server) == 4)

    def test_sends_what_was_told_while_redis_was_down(
        self, publisher: Publisher, consumer: Consumer, redis_server: RedisServer
    ) -> None:
        redis_server.stop()
        consumer.relay.start()
        publisher.count(1, 2)
        redis_server.start()
        wait_until(lambda: relayed(redis_server) == 2, seconds=4)

    def test_clears_facts_older_than_they_are_kept_but_never_the_last(
        self, publisher: Publisher, redis_server: RedisServer
    ) -> None:
        publisher.count(1, 2, 3)
        outbox, position = publisher.store.plumbing.outbox, publisher.store.plumbing.relay_position
        with publisher.store.write() as session:
            session.execute(update(outbox).values(created_at=now() - timedelta(days=31)))
        relay = Relay(publisher.store, redis_url=redis_server.url, stopping=Event())
        assert not relay._turn()
        with publisher.store.read() as session:
            assert oldest_sequence(session) == 3
            assert session.execute(select(position.c.sequence)).scalar() == 3
        relay._redis.close()


class TestStreamDoor:
    def test_refuses_a_second_door_on_the_same_store(self, consumer: Consumer) -> None:
        consumer.door.start()
        second = StreamDoor(consumer.store, consumer.settings, [], lambda _name: consumer)
        with pytest.raises(StoreLocked):
            second.start()
        assert consumer.door.is_alive()

    def test_begins_again_when_a_thread_ends(
        self,
        publisher: Publisher,
        consumer: Consumer,
        redis_server: RedisServer,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("shared.streams.listener.AGAIN_SECONDS", 0.05)
        ends = iter([OSError("no bell"), RuntimeError("a bug")])
        run = Relay.run

        def fragile(relay: Relay) -> None:
            for end in ends:
                raise end
            run(relay)

        monkeypatch.setattr(Relay, "run", fragile)
        publisher.count(1)
        consumer.relay.start()
        wait_until(lambda: relayed(redis_server) == 1)
        assert consumer.relay.is_alive()
