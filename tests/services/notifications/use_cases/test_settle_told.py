"""What a batch of facts leaves behind, as each person chose."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlmodel import select

from services.notifications.domain.alert import BalanceLine, LargeAmount
from services.notifications.domain.notice import Notice, Recipient, movement
from services.notifications.domain.preference import Preferences, QuietHours
from services.notifications.store.tables import DeliveryRow, InboxItemRow
from services.notifications.use_cases.notify_customer import notify_customer, notify_user
from services.notifications.use_cases.set_preferences import Choices, set_preferences
from shared.clock import now, parse_time
from shared.contracts.envelope import Position
from shared.store.engine import Store
from tests.services.notifications.conftest import ADA
from tests.services.notifications.told import A_NOTICE, NOON, deliveries, items, jobs

SECURITY = Notice("new-device", {"device": "x", "booked_at": "2026-11-23T11:30:00.000000Z"}, by_mail=True)


def choose(store: Store, preferences: Preferences, large: LargeAmount | None = None, below: int | None = None) -> None:
    lines = [] if below is None else [BalanceLine("ada", "a1", "EUR", below, is_below=False)]
    with store.write() as session:
        choices = Choices(preferences, large, lines)
        set_preferences(session, caller=ADA, recipient=Recipient("customer", "ada"), choices=choices, now=NOON)


def tell(store: Store, *notices: Notice, first: int = 1, at: datetime = NOON) -> None:
    """Tell Ada these things in one transaction, each by a fact of its own."""
    with store.write() as session:
        for number, notice in enumerate(notices, start=first):
            source = Position("transactions", 0, 1, number)
            notify_customer(session, customer_id="ada", source=source, notice=notice, now=at)


def debit(after: int, **changed: Any) -> Notice:
    told = {"kind": "withdrawal", "account_id": "a1", "amount_minor": 10, "currency": "EUR", "entry_id": "e"}
    return movement(**{**told, "booked_at": "2026-11-23T11:30:00.000000Z", "balance_after_minor": after, **changed})


def kinds(store: Store) -> list[str]:
    with store.read() as session:
        return [kind for _, kind, _ in items(session)]


class TestChoices:
    def test_turn_a_mail_off_but_never_one_about_security(self, store: Store) -> None:
        choose(store, Preferences({"transfer": {"mail": False}, "security": {"push": False}}))
        tell(store, A_NOTICE, SECURITY)
        with store.read() as session:
            assert [template for _, template, _ in deliveries(session)] == ["new-device"]
            assert len(items(session)) == 2

    def test_hold_back_what_comes_in_quiet_hours_until_they_end(self, store: Store) -> None:
        choose(store, Preferences(quiet=QuietHours(time(22), time(7), "Europe/Berlin")))
        tell(store, A_NOTICE, SECURITY, at=parse_time("2026-11-23T23:30:00Z"))
        with store.read() as session:
            rows = session.exec(select(InboxItemRow)).all()
            assert {row.kind: row.pushed for row in rows} == {"transfer-in": False, "new-device": True}
            later, at_once = sorted((job["run_after"] for job in jobs(session)), reverse=True)
        waits = later - now()
        assert timedelta(hours=6, minutes=29) < waits <= timedelta(hours=6, minutes=30)
        assert at_once <= now()

    def test_write_mails_in_the_language_of_the_reader(self, store: Store) -> None:
        choose(store, Preferences(language="de"))
        tell(store, A_NOTICE)
        with store.read() as session:
            assert session.exec(select(DeliveryRow.language)).all() == ["de"]


class TestAlerts:
    def test_ten_debits_below_the_line_are_one_alert(self, store: Store) -> None:
        choose(store, Preferences(), below=500)
        tell(store, *(debit(499 - 10 * number) for number in range(10)))
        assert kinds(store).count("balance-low") == 1
        tell(store, *(debit(300 - number) for number in range(5)), first=20)
        assert kinds(store).count("balance-low") == 1
        tell(store, debit(500), debit(499), debit(600), debit(100), first=40)
        assert kinds(store).count("balance-low") == 3

    def test_the_same_facts_again_change_nothing(self, store: Store) -> None:
        choose(store, Preferences(), below=500)
        for _ in range(3):
            tell(store, debit(600), debit(100))
        assert kinds(store) == ["withdrawal", "withdrawal", "balance-low"]
        with store.read() as session:
            assert len(deliveries(session)) == 3

    def test_look_at_the_own_account_and_currency_only(self, store: Store) -> None:
        choose(store, Preferences(), below=500)
        tell(store, debit(1, account_id="a2"), debit(1, currency="USD"), debit(1, balance_after_minor=None))
        assert "balance-low" not in kinds(store)

    def test_tell_of_a_large_movement_each_time(self, store: Store) -> None:
        choose(store, Preferences(), LargeAmount(1000, "EUR"))
        tell(store, debit(0, amount_minor=999), debit(0, amount_minor=1000), debit(0, amount_minor=5000))
        assert kinds(store).count("large-movement") == 2

    def test_are_for_customers_only(self, store: Store) -> None:
        with store.write() as session:
            notify_user(session, user_id="ada", source=Position("x", 0, 1, 1), notice=debit(1), now=NOON)
        with store.read() as session:
            assert ([what for _, what, _ in deliveries(session)], len(items(session))) == (["withdrawal"], 1)
