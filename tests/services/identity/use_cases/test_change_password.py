"""Changing one's own password."""

import jwt
import pytest

from services.identity.domain.password import PasswordTooShort, PasswordUnchanged, WrongPassword
from services.identity.domain.session import InvalidCredentials
from services.identity.store.sessions_queries import list_events, open_sessions
from services.identity.use_cases.change_password import change_password
from shared.clock import format_time
from shared.contracts.caller import Caller
from shared.store.outbox_queries import events_after
from tests.services.identity.conftest import NOW, PASSWORD, PHONE, World

NEW = "another quiet river"


@pytest.fixture
def ada(world: World) -> Caller:
    """Ada, signed in on two devices; this is the second."""
    world.add("ada@demo.bank")
    world.sign_in("ada@demo.bank")
    claims = jwt.decode(world.sign_in("ada@demo.bank").access_token, options={"verify_signature": False})
    return Caller(user_id=claims["sub"], session_id=claims["sid"])


def change(world: World, ada: Caller, *, current: str = PASSWORD, new: str = NEW) -> None:
    change_password(
        world.store,
        hashes=world.hashes,
        caller=ada,
        user_id=str(ada.user_id),
        current_password=current,
        new_password=new,
        device=PHONE,
        asks_email_code=False,
        now=NOW,
    )


class TestChangePassword:
    def test_lets_in_with_the_new_one_only(self, world: World, ada: Caller) -> None:
        change(world, ada)
        world.sign_in("ada@demo.bank", NEW)
        with pytest.raises(InvalidCredentials):
            world.sign_in("ada@demo.bank")

    def test_tells_who_sends_a_security_mail(self, world: World, ada: Caller) -> None:
        change(world, ada)
        with world.store.read() as session:
            told = [one["data"] for one in events_after(session, 0, limit=50) if "password-changed" in one["type"]]
        assert told == [{"user_id": ada.user_id, "customer_id": None, "at": format_time(NOW)}]

    def test_ends_the_other_sessions(self, world: World, ada: Caller) -> None:
        change(world, ada)
        with world.store.read() as session:
            rows = open_sessions(session, user_id=str(ada.user_id), now=NOW)
        assert [row.id for row in rows] == [ada.session_id]

    def test_refuses_and_logs_a_wrong_one(self, world: World, ada: Caller) -> None:
        with pytest.raises(WrongPassword):
            change(world, ada, current="not the quiet river")
        with world.store.read() as session:
            assert list_events(session, user_id=str(ada.user_id), limit=1, after=None)[0].kind == "failure"
        world.sign_in("ada@demo.bank")

    @pytest.mark.parametrize(("new", "refusal"), [("short", PasswordTooShort), (PASSWORD, PasswordUnchanged)])
    def test_refuses_what_may_not_be_had(self, world: World, ada: Caller, new: str, refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            change(world, ada, new=new)
