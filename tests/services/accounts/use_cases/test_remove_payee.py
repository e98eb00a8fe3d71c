"""Removing a payee, and putting it back."""

from datetime import timedelta

import pytest

from services.accounts.domain.payee import NotRemoved, PayeeExists, PayeeNotFound, UndoOver
from services.accounts.store.tables import PayeeRow
from services.accounts.use_cases import remove_payee as module
from services.accounts.use_cases.remove_payee import remove_payee, restore_payee
from shared.clock import bank_now
from shared.store.engine import Store
from tests.services.accounts.conftest import SAM
from tests.services.accounts.lives import Lives
from tests.services.accounts.use_cases.test_add_payee import Payments, payments

__all__ = ["payments"]


def remove(store: Store, payments: Payments, payee_id: str) -> PayeeRow:
    with store.write() as session:
        return remove_payee(session, caller=payments.ada, payee_id=payee_id)


def restore(store: Store, payments: Payments, payee_id: str) -> PayeeRow:
    with store.write() as session:
        return restore_payee(session, caller=payments.ada, payee_id=payee_id)


class TestRemovePayee:
    def test_keeps_it_and_tells_it_once(self, store: Store, payments: Payments, lives: Lives) -> None:
        row = payments.add()
        first, second = remove(store, payments, row.id), remove(store, payments, row.id)
        assert first.removed_at == second.removed_at is not None
        assert lives.facts().count("payee-removed") == 1

    def test_lets_the_number_be_added_anew_with_a_new_cooling_off(self, store: Store, payments: Payments) -> None:
        row = payments.add()
        remove(store, payments, row.id)
        assert payments.add().id != row.id

    def test_refuses_who_has_no_such_payee(self, store: Store, payments: Payments) -> None:
        row = payments.add()
        with pytest.raises(PayeeNotFound), store.write() as session:
            remove_payee(session, caller=SAM, payee_id=row.id)


class TestRestorePayee:
    def test_gives_it_back_as_it_was(self, store: Store, payments: Payments, lives: Lives) -> None:
        row = payments.add()
        remove(store, payments, row.id)
        back = restore(store, payments, row.id)
        assert (back.removed_at, back.cooling_until, back.version) == (None, row.cooling_until, 3)
        assert lives.facts()[-1] == "payee-added"
        with pytest.raises(NotRemoved):
            restore(store, payments, row.id)

    def test_refuses_after_a_day_and_beside_one_added_again(
        self, store: Store, payments: Payments, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        row = payments.add()
        remove(store, payments, row.id)
        again = payments.add()
        with pytest.raises(PayeeExists) as refused:
            restore(store, payments, row.id)
        assert refused.value.numbers["payee_id"] == again.id
        remove(store, payments, again.id)
        monkeypatch.setattr(module, "bank_now", lambda: bank_now() + timedelta(hours=24))
        with pytest.raises(UndoOver):
            restore(store, payments, row.id)
