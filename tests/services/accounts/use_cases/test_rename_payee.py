"""Renaming a payee."""

from dataclasses import replace

import pytest

from services.accounts.domain.edit import VersionMismatch
from services.accounts.domain.payee import PayeeNotFound
from services.accounts.use_cases.rename_payee import rename_payee
from shared.store.engine import Store
from tests.services.accounts.conftest import BEN, Register
from tests.services.accounts.lives import Lives
from tests.services.accounts.use_cases.test_add_payee import Payments, payments

__all__ = ["payments"]


class TestRenamePayee:
    def test_changes_the_nickname_and_tells_it_once(self, store: Store, payments: Payments, lives: Lives) -> None:
        row = payments.add()
        for seen, told in ((1, 1), (2, 1)):
            renamed = rename_payee(store, caller=payments.ada, payee_id=row.id, seen_version=seen, nickname="landlord")
            assert (renamed.nickname, renamed.version, lives.facts().count("payee-changed")) == ("landlord", 2, told)

    def test_refuses_an_old_version_and_another_customers_payee(
        self, store: Store, payments: Payments, register: Register
    ) -> None:
        row = payments.add()
        with pytest.raises(VersionMismatch):
            rename_payee(store, caller=payments.ada, payee_id=row.id, seen_version=7, nickname=None)
        cleo = register(replace(BEN, email="cleo@demo.bank", phone="+4930333333"))
        with pytest.raises(PayeeNotFound):
            rename_payee(store, caller=cleo, payee_id=row.id, seen_version=1, nickname=None)
