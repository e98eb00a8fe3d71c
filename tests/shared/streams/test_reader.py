"""Facts arrive in order and once, whatever Redis does; a rewritten history stops the consumer."""

import json
import time

import pytest
import redis
from sqlalchemy import delete, select, update

from shared import clock
from shared.store.bank_clock import read_offset
from shared.streams.cursors import Cursor
from shared.streams.reader import doubt
from shared.streams.source import EventsPage
from tests.builders.redis import RedisServer
from tests.shared.streams.conftest import Consumer, Counted, Publisher, Unheard, wait_until


def stream_of(server: RedisServer) -> "redis.Redis":
    return redis.Redis.from_url(server.url, decode_responses=True)


class TestPublisherReader:
    def test_applies_facts_in_order_within_a_second(self, publisher: Publisher, consumer: Consumer) -> None:
        publisher.count(1, 2)  # told before anybody listened
        consumer.start()
        wait_until(lambda: consumer.numbers() == [1, 2])
        slowest = 0.0
        for number in range(3, 13):
            began = time.monotonic()
            publisher.count(number)
            wait_until(lambda number=number: consumer.numbers()[-1] == number)
            slowest = max(slowest, time.monotonic() - began)
        assert consumer.numbers() == list(range(1, 13))
        assert slowest < 1.0

    def test_applies_thousands_of_facts(self, publisher: Publisher, consumer: Consumer) -> None:
        publisher.count(*range(1500))
        consumer.start()
        wait_until(lambda: len(consumer.numbers()) == 1500)
        assert consumer.numbers() == list(range(1500))

    def test_drops_duplicates(self, publisher: Publisher, consumer: Consumer, redis_server: RedisServer) -> None:
        consumer.start()
        publisher.count(1, 2, 3)
        wait_until(lambda: consumer.numbers() == [1, 2, 3])
        with stream_of(redis_server) as stream:
            for _id, fields in stream.xrange("bank.publisher"):
                stream.xadd("bank.publisher", fields)
        publisher.count(4)
        wait_until(lambda: consumer.numbers()[-1] == 4)
        assert consumer.numbers() == [1, 2, 3, 4]

    def test_pulls_what_is_missing_from_the_publisher(
        self, publisher: Publisher, consumer: Consumer, redis_server: RedisServer
    ) -> None:
        consumer.door.start()
        publisher.count(1)
        wait_until(lambda: len(publisher.asked) >= 1)
        publisher.count(2, 3)
        with publisher.store.read() as session, stream_of(redis_server) as stream:
            newest = session.execute(
                select(publisher.store.plumbing.outbox.c.envelope).order_by(
                    publisher.store.plumbing.outbox.c.sequence.desc()
                )
            ).scalar()
            stream.xadd("bank.publisher", {"envelope": newest})  # only the last one: 1 and 2 are a gap
        wait_until(lambda: consumer.numbers() == [1, 2, 3], seconds=2)

    def test_ignores_an_entry_that_is_no_fact(
        self, publisher: Publisher, consumer: Consumer, redis_server: RedisServer
    ) -> None:
        consumer.start()
        with stream_of(redis_server) as stream:
            stream.xadd("bank.publisher", {"envelope": "nonsense"})
            stream.xadd("bank.publisher", {"other": "field"})
        publisher.count(1)
        wait_until(lambda: consumer.numbers() == [1])

    def test_passes_over_a_fact_it_has_no_handler_for(self, publisher: Publisher, consumer: Consumer) -> None:
        consumer.start()
        publisher.tell(Unheard(number=1), Counted(number=2))
        wait_until(lambda: consumer.numbers() == [2])
        assert consumer.cursor().sequence == 2

    def test_loses_nothing_when_redis_is_flushed(
        self, publisher: Publisher, consumer: Consumer, redis_server: RedisServer
    ) -> None:
        consumer.start()
        for number in range(200):
            publisher.count(number)
            if number % 40 == 0:
                redis_server.flush()
        redis_server.flush()
        wait_until(lambda: len(consumer.numbers()) == 200)
        assert consumer.numbers() == list(range(200))

    def test_polls_the_publisher_while_redis_is_down_and_notices_its_return(
        self, publisher: Publisher, consumer: Consumer, redis_server: RedisServer
    ) -> None:
        consumer.start()
        publisher.count(1)
        wait_until(lambda: consumer.numbers() == [1])
        redis_server.stop()
        began = time.monotonic()
        publisher.count(2)
        assert time.monotonic() - began < 0.5  # a commit never waits for Redis
        wait_until(lambda: consumer.numbers() == [1, 2], seconds=3.5)
        redis_server.start()
        time.sleep(2.5)  # both sides have found it again: the stream is quick again
        publisher.count(3)
        wait_until(lambda: consumer.numbers() == [1, 2, 3], seconds=1)

    def test_goes_on_when_the_publisher_answers_again(self, publisher: Publisher, consumer: Consumer) -> None:
        publisher.down = True
        publisher.count(1)
        consumer.door.start()
        wait_until(lambda: len(publisher.asked) > 1)
        publisher.down = False
        wait_until(lambda: consumer.numbers() == [1], seconds=3)

    def test_continues_after_a_restart(self, publisher: Publisher, consumer: Consumer) -> None:
        consumer.start()
        publisher.count(1)
        wait_until(lambda: consumer.numbers() == [1])
        began = time.monotonic()
        consumer.stop()
        assert time.monotonic() - began < 6  # two doors
        publisher.count(2)
        consumer.start()
        wait_until(lambda: consumer.numbers() == [1, 2])


class TestRestoredPublisher:
    def restore(self, publisher: Publisher, consumer: Consumer, *, parent_sequence: int) -> None:
        """Do what a restore does while the publisher stands still: a new epoch without what came after its parent."""
        plumbing = publisher.store.plumbing
        consumer.relay.stop()
        with publisher.store.write() as session:
            session.execute(delete(plumbing.outbox).where(plumbing.outbox.c.sequence > parent_sequence))
            envelope = session.execute(
                select(plumbing.outbox.c.envelope).where(plumbing.outbox.c.sequence == parent_sequence)
            ).scalar_one()
            session.execute(
                update(plumbing.stream_head).values(
                    epoch=2,
                    parent_sequence=parent_sequence,
                    sequence=parent_sequence,
                    hash=json.loads(envelope)["hash"],
                )
            )
            session.execute(update(plumbing.relay_position).values(sequence=parent_sequence))
        consumer.relay.start()

    def test_is_held_when_its_new_epoch_begins_below_the_cursor(self, publisher: Publisher, consumer: Consumer) -> None:
        consumer.start()
        publisher.count(1, 2, 3)
        wait_until(lambda: consumer.numbers() == [1, 2, 3])
        self.restore(publisher, consumer, parent_sequence=2)
        publisher.count(10, 11, 12)
        wait_until(lambda: consumer.cursor().held)
        assert consumer.numbers() == [1, 2, 3]
        consumer.stop()
        consumer.start()
        time.sleep(0.3)
        assert consumer.numbers() == [1, 2, 3]  # the row holds it, not the process

    def test_is_released_by_the_cursor_row(self, publisher: Publisher, consumer: Consumer) -> None:
        consumer.start()
        publisher.count(1, 2, 3)
        wait_until(lambda: consumer.numbers() == [1, 2, 3])
        self.restore(publisher, consumer, parent_sequence=2)
        publisher.count(10)
        wait_until(lambda: consumer.cursor().held)
        with publisher.store.read() as session:
            outbox = publisher.store.plumbing.outbox
            parent = session.execute(select(outbox.c.envelope).where(outbox.c.sequence == 2)).scalar_one()
        with consumer.store.write() as session:
            hash_ = json.loads(parent)["hash"]
            session.execute(update(consumer.store.plumbing.cursors).values(sequence=2, hash=hash_, held=False))
        wait_until(lambda: consumer.numbers() == [1, 2, 3, 10])
        assert consumer.cursor().epoch == 2

    def test_is_followed_when_its_new_epoch_begins_at_or_above_the_cursor(
        self, publisher: Publisher, consumer: Consumer
    ) -> None:
        consumer.start()
        publisher.count(1, 2)
        wait_until(lambda: consumer.numbers() == [1, 2])
        self.restore(publisher, consumer, parent_sequence=2)
        publisher.count(3)
        wait_until(lambda: consumer.numbers() == [1, 2, 3])
        assert not consumer.cursor().held

    def test_is_rebuilt_from_a_snapshot_when_the_facts_are_gone(
        self, publisher: Publisher, consumer: Consumer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clock._BankOffset, "value", clock._BankOffset.value)  # put back at the end
        publisher.count(1, 2, 3)
        outbox = publisher.store.plumbing.outbox
        with publisher.store.write() as session:
            session.execute(delete(outbox).where(outbox.c.sequence < 3))
        consumer.start()
        wait_until(lambda: consumer.numbers() == [7, 8])
        assert consumer.cursor().sequence == 3
        with consumer.store.read() as session:  # what said where the bank's clock stands is gone, too
            assert read_offset(session, consumer.store.plumbing.bank_clock) == 1
        publisher.count(9)
        wait_until(lambda: consumer.numbers() == [7, 8, 9])


class TestDoubt:
    def test_sees_another_history_of_the_same_length(self) -> None:
        """Until its next fact came, a publisher whose last fact was replaced looked like the one we know."""
        cursor = Cursor("publisher", epoch=1, sequence=3, hash="a" * 64)
        page = EventsPage(lane=0, epoch=1, parent_sequence=0, head_sequence=3, head_hash="b" * 64, events=[])
        assert doubt(cursor, page)
        assert doubt(cursor, page.model_copy(update={"head_hash": cursor.hash})) is None
