"""Setting an authenticator up."""

from datetime import timedelta

import pytest

from services.identity.domain.one_time_code import InvalidCode
from services.identity.domain.step_up import SecondFactorRequired
from services.identity.domain.totp import TotpAlreadySetUp, TotpNotSetUp, totp_code
from services.identity.store.tables import RecoveryCodeRow, TotpRow
from services.identity.use_cases.set_up_totp import begin_totp, confirm_totp
from tests.services.identity.app import Authenticator
from tests.services.identity.conftest import NOW, World


class TestSetUpTotp:
    def test_asks_for_a_code_from_then_on_each_good_once(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        caller = world.caller(user, world.sign_in("ada@demo.bank"))
        app = Authenticator.of(begin_totp(world.desk, caller=caller, user_id=user.id, now=NOW))
        world.sign_in("ada@demo.bank")  # a half-done set-up locks nobody out
        confirm_totp(world.desk, caller=caller, user_id=user.id, code=app.code(NOW), now=NOW)
        with pytest.raises(SecondFactorRequired) as asked:
            world.sign_in("ada@demo.bank")
        assert asked.value.numbers == {"factors": ["totp"]}
        with pytest.raises(InvalidCode):
            world.sign_in("ada@demo.bank", otp=app.code(NOW))  # it confirmed the app
        later = NOW + timedelta(seconds=30)
        world.sign_in("ada@demo.bank", otp=app.code(later), now=later)
        with pytest.raises(InvalidCode):
            world.sign_in("ada@demo.bank", otp=app.code(later), now=later)

    def test_takes_each_recovery_code_once(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        caller = world.caller(user, world.sign_in("ada@demo.bank"))
        app = Authenticator.of(begin_totp(world.desk, caller=caller, user_id=user.id, now=NOW))
        codes = confirm_totp(world.desk, caller=caller, user_id=user.id, code=app.code(NOW), now=NOW)
        assert len(set(codes)) == 10
        world.sign_in("ada@demo.bank", otp=codes[0].lower())
        with pytest.raises(InvalidCode):
            world.sign_in("ada@demo.bank", otp=codes[0])

    def test_keeps_neither_secret_nor_recovery_code_readable(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        caller = world.caller(user, world.sign_in("ada@demo.bank"))
        made = begin_totp(world.desk, caller=caller, user_id=user.id, now=NOW)
        codes = confirm_totp(world.desk, caller=caller, user_id=user.id, code=Authenticator.of(made).code(NOW), now=NOW)
        with world.store.read() as session:
            totp = session.get(TotpRow, user.id)
            assert totp is not None
            assert made.secret not in totp.sealed_secret
            assert session.get(RecoveryCodeRow, codes[0]) is None

    def test_refuses_what_is_not_in_order(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        caller = world.caller(user, world.sign_in("ada@demo.bank"))
        with pytest.raises(TotpNotSetUp):
            confirm_totp(world.desk, caller=caller, user_id=user.id, code="000000", now=NOW)
        app = Authenticator.of(begin_totp(world.desk, caller=caller, user_id=user.id, now=NOW))
        with pytest.raises(InvalidCode):
            confirm_totp(world.desk, caller=caller, user_id=user.id, code=totp_code(b"x" * 20, 1), now=NOW)
        confirm_totp(world.desk, caller=caller, user_id=user.id, code=app.code(NOW), now=NOW)
        with pytest.raises(TotpAlreadySetUp):
            begin_totp(world.desk, caller=caller, user_id=user.id, now=NOW)
