"""A new password in place of a forgotten one."""

from datetime import timedelta

import pytest

from services.identity.domain.back_off import TooManyTries
from services.identity.domain.one_time_code import InvalidCode
from services.identity.domain.password import PasswordTooShort
from services.identity.domain.session import InvalidCredentials
from services.identity.store.sessions_queries import open_sessions
from services.identity.use_cases.forget_password import forget_password
from services.identity.use_cases.reset_password import reset_password
from tests.services.identity.conftest import NOW, PHONE, World

NEW = "another quiet river"


def reset(world: World, code: str, *, new: str = NEW, after: timedelta = timedelta(0)) -> None:
    reset_password(world.desk, email="ada@demo.bank", code=code, new_password=new, device=PHONE, now=NOW + after)


class TestResetPassword:
    def test_lets_in_with_the_new_one_and_ends_every_session(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        world.sign_in("ada@demo.bank")
        forget_password(world.desk, email="ada@demo.bank", now=NOW)
        reset(world, world.mailer.code())
        with world.store.read() as session:
            assert open_sessions(session, user_id=user.id, now=NOW) == []
        world.sign_in("ada@demo.bank", NEW)
        with pytest.raises(InvalidCredentials):
            world.sign_in("ada@demo.bank")

    def test_burns_the_code_on_use(self, world: World) -> None:
        world.add("ada@demo.bank")
        forget_password(world.desk, email="ada@demo.bank", now=NOW)
        reset(world, world.mailer.code())
        with pytest.raises(InvalidCode):
            reset(world, world.mailer.code(), new="yet another river")

    def test_refuses_after_five_minutes(self, world: World) -> None:
        world.add("ada@demo.bank")
        forget_password(world.desk, email="ada@demo.bank", now=NOW)
        with pytest.raises(InvalidCode):
            reset(world, world.mailer.code(), after=timedelta(minutes=5))

    def test_takes_five_tries_and_not_the_right_one_after_them(self, world: World) -> None:
        world.add("ada@demo.bank")
        forget_password(world.desk, email="ada@demo.bank", now=NOW)
        right = world.mailer.code()
        wrong = f"{(int(right) + 1) % 1_000_000:06d}"
        for _ in range(5):
            with pytest.raises(InvalidCode):
                reset(world, wrong)
        with pytest.raises(InvalidCode):
            reset(world, right)

    def test_keeps_the_code_good_when_the_password_is_refused(self, world: World) -> None:
        world.add("ada@demo.bank")
        forget_password(world.desk, email="ada@demo.bank", now=NOW)
        with pytest.raises(PasswordTooShort):
            reset(world, world.mailer.code(), new="only nine")
        reset(world, world.mailer.code())

    def test_answers_an_unknown_address_like_a_wrong_code(self, world: World) -> None:
        for _ in range(world.settings.free_tries):
            with pytest.raises(InvalidCode):
                reset(world, "000000")
        with pytest.raises(TooManyTries):
            reset(world, "000000")
