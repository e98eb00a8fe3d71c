"""Hiding the balance."""

from services.identity.store.users_queries import user_row
from services.identity.use_cases.hide_balance import hide_balance
from tests.services.identity.conftest import World


class TestHideBalance:
    def test_keeps_the_wish(self, world: World) -> None:
        user = world.add("ada@demo.bank")
        caller = world.caller(user, world.sign_in("ada@demo.bank"))
        for wish in (True, True, False):
            hide_balance(world.store, caller=caller, user_id=user.id, hides=wish)
            with world.store.read() as session:
                assert user_row(session, user.id).hides_balance is wish
