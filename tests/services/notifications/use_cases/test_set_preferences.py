"""Choosing what reaches a person."""

from datetime import time

import pytest

from services.notifications.domain.alert import BalanceLine, LargeAmount
from services.notifications.domain.notice import Recipient
from services.notifications.domain.preference import Preferences, QuietHours, SecurityMailsStayOn, UnknownTimeZone
from services.notifications.store.preference_store import choice_of, keep_crossings, lines_of
from services.notifications.use_cases.set_preferences import Choices, set_preferences
from shared.store.engine import Store
from tests.services.notifications.conftest import ADA
from tests.services.notifications.told import NOON

ME = Recipient("customer", "ada")
QUIET = QuietHours(time(22), time(7), "Europe/Berlin")


def choose(store: Store, choices: Choices) -> None:
    with store.write() as session:
        set_preferences(session, caller=ADA, recipient=ME, choices=choices, now=NOON)


class TestSetPreferences:
    def test_replaces_what_was_chosen_before(self, store: Store) -> None:
        first = Preferences({"deposit": {"mail": False, "push": True}}, QUIET, "de")
        for chosen, large in ((first, LargeAmount(100_000, "EUR")), (Preferences(), None)):
            choose(store, Choices(chosen, large))
            with store.read() as session:
                assert choice_of(session, ME) == (chosen, large)
                assert choice_of(session, Recipient("user", "ada")) == (Preferences(), None)

    @pytest.mark.parametrize(
        ("chosen", "refusal"),
        [
            (Preferences({"security": {"mail": False}}), SecurityMailsStayOn),
            (Preferences(quiet=QuietHours(time(1), time(2), "Mars/Olympus")), UnknownTimeZone),
            (Preferences(quiet=QuietHours(time(1), time(2), "../../etc/passwd")), UnknownTimeZone),
        ],
    )
    def test_refuses_what_cannot_be_followed(self, store: Store, chosen: Preferences, refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            choose(store, Choices(chosen))

    def test_keeps_the_side_of_a_line_that_stays(self, store: Store) -> None:
        line = BalanceLine("ada", "a1", "EUR", 500, is_below=False)
        choose(store, Choices(Preferences(), None, [line]))
        with store.write() as session:
            keep_crossings(session, [BalanceLine("ada", "a1", "EUR", 500, is_below=True)])
        for below, side in ((500, True), (400, False)):
            choose(store, Choices(Preferences(), None, [BalanceLine("ada", "a1", "EUR", below, is_below=False)]))
            with store.read() as session:
                assert lines_of(session, ["ada"])["ada", "a1"].is_below is side
