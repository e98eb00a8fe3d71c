"""Codes to reset a password."""

import pytest

from services.identity.domain.one_time_code import CodeSentAlready
from services.identity.store.tables import PLUMBING
from services.identity.use_cases.forget_password import forget_password, trigger_reset
from shared.contracts.caller import Caller
from tests.services.identity.conftest import NOW, World


class TestForgetPassword:
    def test_mails_a_code_to_who_is_known_and_nothing_to_others(self, world: World) -> None:
        world.add("ada@demo.bank")
        forget_password(world.desk, email="nobody@demo.bank", now=NOW)
        assert world.mailer.mails == []
        forget_password(world.desk, email=" ADA@demo.bank", now=NOW)
        forget_password(world.desk, email="ada@demo.bank", now=NOW)  # a moment later: silence, not a second mail
        ((address, mail, code),) = world.mailer.mails
        assert (address, mail, len(code or "")) == ("ada@demo.bank", "reset-password", 6)


class TestTriggerReset:
    def test_keeps_the_officers_reason_and_tells_them_no_code(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        olu = Caller(user_id="olu", roles=frozenset({"officer"}), session_id="s1")
        trigger_reset(world.desk, caller=olu, user_id=user.id, reason="lost the phone", now=NOW)
        with pytest.raises(CodeSentAlready):
            trigger_reset(world.desk, caller=olu, user_id=user.id, reason="again", now=NOW)
        with world.store.read() as session:
            (record,) = session.execute(PLUMBING.audit.select()).mappings()
        assert (record["command"], record["user_id"], record["reason"]) == (
            "trigger-password-reset",
            "olu",
            "lost the phone",
        )
        assert world.mailer.code() not in str(dict(record))
