"""Proving again who one is."""

from datetime import timedelta

import pytest

from services.identity.domain.back_off import TooManyTries
from services.identity.domain.one_time_code import CodeSentAlready
from services.identity.domain.step_up import ReauthenticationFailed, SecondFactorRequired
from services.identity.use_cases.reauthenticate import Proof, reauthenticate, send_reauthentication_code
from tests.services.identity.conftest import NOW, PASSWORD, PHONE, World


class TestReauthenticate:
    def prove(self, world: World, user_id: str, proof: Proof) -> None:
        reauthenticate(world.desk, user_id=user_id, session_id="s1", proof=proof, device=PHONE, now=NOW)

    def test_takes_the_password_and_no_other(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        self.prove(world, user.id, Proof(password=PASSWORD))
        for wrong in (Proof(password="another long one"), Proof(), Proof(otp="123456")):
            with pytest.raises(ReauthenticationFailed):
                self.prove(world, user.id, wrong)

    def test_wants_the_code_where_the_bank_asks_for_codes(self, world: World) -> None:
        asking = world.asking_for_codes()
        user = world.add("ada@demo.bank")
        with pytest.raises(SecondFactorRequired):
            self.prove(asking, user.id, Proof(password=PASSWORD))
        send_reauthentication_code(asking.desk, user_id=user.id, now=NOW)
        with pytest.raises(CodeSentAlready):
            send_reauthentication_code(asking.desk, user_id=user.id, now=NOW + timedelta(seconds=59))
        self.prove(asking, user.id, Proof(otp=world.mailer.code()))
        with pytest.raises(ReauthenticationFailed):
            self.prove(asking, user.id, Proof(otp=world.mailer.code()))

    def test_makes_a_session_wait_that_guesses(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        for _ in range(world.settings.free_tries):
            with pytest.raises(ReauthenticationFailed):
                self.prove(world, user.id, Proof(password="another long one"))
        with pytest.raises(TooManyTries):
            self.prove(world, user.id, Proof(password=PASSWORD))
