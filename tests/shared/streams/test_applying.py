"""Poison goes to the dead letters while later facts pass; a fault waits until it heals; commands go out first."""

from threading import Event

import pytest
from sqlalchemy import select

from shared.contracts.envelope import Envelope
from shared.streams.applying import Applier
from shared.streams.cursors import Cursor, CursorMoved, read_cursor
from shared.streams.dead_letters import DeadLetterNotFound, DeadLetterWithoutHandler, replay_dead_letter
from shared.streams.listener import Handler, Subscription
from tests.shared.streams.conftest import Consumer, Counted, Misshapen, Publisher, Unwelcome, wait_until


def dead_letters(consumer: Consumer) -> list[tuple[str, int, str, str]]:
    table = consumer.store.plumbing.dead_letters
    columns = (table.c.id, table.c.sequence, table.c.state, table.c.error)
    with consumer.store.read() as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(table.c.sequence))]


def envelopes_of(publisher: Publisher) -> list[Envelope]:
    return [Envelope.model_validate(one) for one in publisher.answer("/internal/events?after=0&limit=500")[1]["events"]]


class TestApplier:
    @pytest.fixture(autouse=True)
    def _quick(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("shared.streams.applying.TRY_WAITS_SECONDS", (0.01, 0.01, 0.01, 0.01))

    def test_sends_a_refused_fact_to_the_dead_letters_and_goes_on(
        self, publisher: Publisher, consumer: Consumer
    ) -> None:
        consumer.refused = {3}
        publisher.count(1, 2, 3, 4, 5)
        consumer.start()
        wait_until(lambda: consumer.numbers() == [1, 2, 4, 5])
        [(_, sequence, state, error)] = dead_letters(consumer)
        assert (sequence, state) == (3, "queued")
        assert error.startswith("tests.unwelcome")
        assert consumer.cursor().sequence == 5

    def test_sends_a_fact_that_does_not_fit_its_contract_to_the_dead_letters(
        self, publisher: Publisher, consumer: Consumer
    ) -> None:
        publisher.tell(Counted(number=1), Misshapen(number="many"), Counted(number=3))
        consumer.start()
        wait_until(lambda: consumer.numbers() == [1, 3])
        [(_, sequence, _, error)] = dead_letters(consumer)
        assert sequence == 2
        assert "number" in error
        assert "many" not in error

    def test_tries_a_refused_fact_again_before_it_gives_up(self, publisher: Publisher, consumer: Consumer) -> None:
        tries = 0

        def consume(_session: object, _fact: Counted, _envelope: Envelope) -> None:
            nonlocal tries
            tries += 1
            if tries < 4:
                raise Unwelcome()

        publisher.count(1)
        subscription = Subscription("publisher", {Counted.type: Handler(Counted, consume)})
        Applier(consumer.store, subscription, Event()).apply(
            envelopes_of(publisher), Cursor("publisher"), lambda _cursor: None
        )
        assert dead_letters(consumer) == []
        assert consumer.cursor().sequence == 1

    def test_waits_for_a_fault_to_heal_without_moving_the_cursor(
        self, publisher: Publisher, consumer: Consumer
    ) -> None:
        consumer.faulty = {2}
        publisher.count(1, 2, 3)
        consumer.start()
        wait_until(lambda: consumer.tries >= 6)
        assert consumer.numbers() == [1]
        assert consumer.cursor().sequence == 1
        consumer.faulty = set()
        wait_until(lambda: consumer.numbers() == [1, 2, 3])
        assert dead_letters(consumer) == []

    def test_submits_a_command_before_the_cursor_moves(self, publisher: Publisher, consumer: Consumer) -> None:
        seen: list[tuple[int, int]] = []

        def submit(fact: Counted, _envelope: Envelope) -> None:
            with consumer.store.write() as session:  # the ledger's writer may write the same store meanwhile
                seen.append((fact.number, read_cursor(session, "publisher").sequence))

        publisher.count(5, 6)
        subscription = Subscription("publisher", {Counted.type: Handler(Counted, submit=submit)})
        Applier(consumer.store, subscription, Event()).apply(
            envelopes_of(publisher), Cursor("publisher"), lambda _cursor: None
        )
        assert seen == [(5, 0), (6, 1)]
        assert consumer.cursor().sequence == 2

    def test_does_nothing_when_somebody_else_moved_the_cursor(self, publisher: Publisher, consumer: Consumer) -> None:
        publisher.count(1, 2)
        applier = Applier(consumer.store, consumer.subscription, Event())
        applier.apply(envelopes_of(publisher), Cursor("publisher"), lambda _cursor: None)
        with pytest.raises(CursorMoved):
            applier.apply(envelopes_of(publisher), Cursor("publisher"), lambda _cursor: None)
        assert consumer.numbers() == [1, 2]


class TestReplayDeadLetter:
    def bury_one(self, publisher: Publisher, consumer: Consumer, monkeypatch: pytest.MonkeyPatch) -> str:
        monkeypatch.setattr("shared.streams.applying.TRY_WAITS_SECONDS", (0.01, 0.01, 0.01, 0.01))
        consumer.refused = {1}
        publisher.count(1, 2)
        consumer.start()
        wait_until(lambda: consumer.numbers() == [2])
        [(dead_letter_id, *_)] = dead_letters(consumer)
        return dead_letter_id

    def test_applies_it_once_past_the_cursor(
        self, publisher: Publisher, consumer: Consumer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dead_letter_id = self.bury_one(publisher, consumer, monkeypatch)
        subscriptions = [consumer.subscription]
        with pytest.raises(Unwelcome):
            replay_dead_letter(consumer.store, subscriptions, dead_letter_id)
        consumer.refused = set()
        assert replay_dead_letter(consumer.store, subscriptions, dead_letter_id)
        assert not replay_dead_letter(consumer.store, subscriptions, dead_letter_id)
        assert consumer.numbers() == [2, 1]
        assert dead_letters(consumer)[0][2] == "replayed"

    def test_refuses_what_it_does_not_know(
        self, publisher: Publisher, consumer: Consumer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dead_letter_id = self.bury_one(publisher, consumer, monkeypatch)
        with pytest.raises(DeadLetterNotFound):
            replay_dead_letter(consumer.store, [consumer.subscription], "missing")
        assert DeadLetterNotFound.code == "streams.dead-letter-not-found"
        with pytest.raises(DeadLetterWithoutHandler):
            replay_dead_letter(consumer.store, [], dead_letter_id)


class TestTryWaits:
    def test_stay_below_five_seconds(self) -> None:
        from shared.streams.applying import TRY_WAITS_SECONDS

        assert len(TRY_WAITS_SECONDS) == 4
        assert sum(TRY_WAITS_SECONDS) < 5
