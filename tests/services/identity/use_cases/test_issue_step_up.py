"""Who gets a step-up token."""

import jwt
import pytest

from services.identity.domain.step_up import ReauthenticationFailed
from services.identity.use_cases.issue_step_up import issue_step_up
from services.identity.use_cases.reauthenticate import Proof
from shared.clients.step_up import StepUpSubject
from tests.services.identity.conftest import NOW, PASSWORD, PHONE, World


class TestIssueStepUp:
    def test_wants_a_proof_and_gives_a_token_of_its_own_kind(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        caller = world.caller(user, world.sign_in("ada@demo.bank"))

        def issue(password: str) -> str:
            return issue_step_up(
                world.desk,
                caller=caller,
                user_id=user.id,
                session_id=str(caller.session_id),
                subject=StepUpSubject("set-up-totp"),
                proof=Proof(password=password),
                device=PHONE,
                now=NOW,
            )[0]

        with pytest.raises(ReauthenticationFailed):
            issue("another long one")
        raw = issue(PASSWORD)
        claims = jwt.decode(raw, options={"verify_signature": False})
        assert jwt.get_unverified_header(raw)["typ"] == "step-up+jwt"
        assert (claims["sub"], claims["sid"], claims["exp"] - claims["iat"]) == (user.id, caller.session_id, 300)
