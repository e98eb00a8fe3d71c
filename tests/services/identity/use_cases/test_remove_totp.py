"""Removing an authenticator."""

import pytest

from services.identity.domain.totp import FactorNeeded, TotpNotSetUp
from services.identity.store.users_queries import user_row
from services.identity.use_cases.remove_totp import remove_totp
from services.identity.use_cases.set_up_totp import begin_totp, confirm_totp
from shared.store.outbox_queries import events_after
from tests.services.identity.app import Authenticator
from tests.services.identity.conftest import NOW, World


class TestRemoveTotp:
    def test_lets_in_without_a_code_again_unless_the_password_is_short(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        caller = world.caller(user, world.sign_in("ada@demo.bank"))
        with pytest.raises(TotpNotSetUp):
            remove_totp(world.desk, caller=caller, user_id=user.id, now=NOW)
        app = Authenticator.of(begin_totp(world.desk, caller=caller, user_id=user.id, now=NOW))
        confirm_totp(world.desk, caller=caller, user_id=user.id, code=app.code(NOW), now=NOW)
        with world.store.write() as session:
            user_row(session, user.id).short_password = True
        with pytest.raises(FactorNeeded):
            remove_totp(world.desk, caller=caller, user_id=user.id, now=NOW)
        with world.store.write() as session:
            user_row(session, user.id).short_password = False
        remove_totp(world.desk, caller=caller, user_id=user.id, now=NOW)
        world.sign_in("ada@demo.bank")
        with world.store.read() as session:
            told = [one["data"] for one in events_after(session, 0, limit=50) if "factor-changed" in one["type"]]
        assert [(one["user_id"], one["factor"], one["change"]) for one in told] == [
            (user.id, "totp", "added"),
            (user.id, "totp", "removed"),
        ]
