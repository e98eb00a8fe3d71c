"""What each fact does to inboxes and deliveries, however often it is told."""

from typing import Any

import pytest

from services.notifications.listener import SUBSCRIPTIONS
from shared.contracts.envelope import Fact
from shared.contracts.transactions import AdjustmentBooked, CaptureBooked, FeeBooked, InterestBooked, ReversalBooked
from shared.store.engine import Store
from tests.services.notifications.told import (
    ANSWERED,
    DEPOSIT,
    RAISED,
    REGISTERED,
    RESOLVED,
    TRANSFER,
    WITHDRAWAL,
    deliveries,
    envelope,
    items,
    jobs,
)

OWN = {**DEPOSIT.model_dump(), "value_date": "2026-11-23"}
HANDLERS = {kind: handler for one in SUBSCRIPTIONS for kind, handler in one.handlers.items()}


def consume(store: Store, fact: Fact, sequence: int = 1) -> None:
    """Apply a fact the way the stream door does."""
    handler, told = HANDLERS[fact.type], envelope(fact, sequence)
    assert handler.consume is not None
    with store.write() as session:
        handler.consume(session, handler.read(told), told)


class TestFact:
    @pytest.mark.parametrize(
        ("fact", "inbox", "mails"),
        [
            (DEPOSIT, [("ada", "deposit", "Money was paid in")], ["ada"]),
            (WITHDRAWAL, [(who, "withdrawal", "Money was paid out") for who in ("ada", "ben")], ["ada", "ben"]),
            (
                TRANSFER,
                [
                    ("ada", "transfer-out", "Your transfer was booked"),
                    ("ben", "transfer-in", "You received a transfer"),
                ],
                ["ada", "ben"],
            ),
            (
                CaptureBooked(**TRANSFER.model_dump(), hold_id="h"),
                [
                    ("ada", "capture-out", "A reserved payment was booked"),
                    ("ben", "capture-in", "You received a reserved payment"),
                ],
                ["ada", "ben"],
            ),
            (
                ReversalBooked(**TRANSFER.model_dump(), reverses="e-0"),
                [
                    ("ada", "reversal-out", "A payment you had received was reversed"),
                    ("ben", "reversal-in", "A payment of yours was reversed"),
                ],
                ["ada", "ben"],
            ),
            (FeeBooked(**OWN), [("ada", "fee", "A fee was charged")], ["ada"]),
            (
                InterestBooked(**OWN, direction="credit"),
                [("ada", "interest-in", "You received interest")],
                ["ada"],
            ),
            (
                InterestBooked(**OWN, direction="debit"),
                [("ada", "interest-out", "Interest was charged")],
                ["ada"],
            ),
            (
                AdjustmentBooked(**OWN, direction="credit", against="suspense"),
                [("ada", "adjustment-in", "Your balance was corrected")],
                ["ada"],
            ),
            (
                AdjustmentBooked(**OWN, direction="debit", against="over-short"),
                [("ada", "adjustment-out", "Your balance was corrected")],
                ["ada"],
            ),
            (AdjustmentBooked(**{**OWN, "owners": []}, direction="debit", against="over-short"), [], []),
            (REGISTERED, [("ada", "welcome", "Welcome to Strongroom")], ["ada"]),
            (RAISED, [("ada", "ticket-raised", "We received your request T-100001")], []),
            (ANSWERED, [("ada", "ticket-answered", "There is an answer to your request T-100001")], []),
            (RESOLVED, [("ada", "ticket-resolved", "Your request T-100001 is resolved")], []),
        ],
    )
    def test_told_three_times_makes_each_item_and_mail_once(
        self, store: Store, fact: Fact, inbox: list[Any], mails: list[str]
    ) -> None:
        for _ in range(3):
            consume(store, fact)
        with store.read() as session:
            assert items(session) == inbox
            assert [recipient for recipient, _, _ in deliveries(session)] == mails
            assert [job["kind"] for job in jobs(session)] == ["send_mail"] * len(mails)

    def test_of_another_position_is_another_thing(self, store: Store) -> None:
        for sequence in (1, 2):
            consume(store, DEPOSIT, sequence)
        with store.read() as session:
            assert len(items(session)) == len(jobs(session)) == 2

    def test_of_a_transfer_between_own_accounts_tells_both_legs(self, store: Store) -> None:
        consume(store, TRANSFER.model_copy(update={"payee_owners": ["ada"]}))
        with store.read() as session:
            assert [kind for _, kind, _ in items(session)] == ["transfer-out", "transfer-in"]

    def test_leaves_no_address_in_the_store(self, store: Store) -> None:
        consume(store, DEPOSIT)
        with store.read() as session:
            assert "@" not in str(jobs(session)) + str(deliveries(session)) + str(items(session))
