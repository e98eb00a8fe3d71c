"""The sign-in log is never changed."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.services.identity.conftest import World


class TestSignInEvents:
    @pytest.mark.parametrize("statement", ["UPDATE sign_in_events SET kind = 'logout'", "DELETE FROM sign_in_events"])
    def test_stay_as_they_were_written(self, world: World, statement: str) -> None:
        world.add("tess@demo.bank")
        world.sign_in("tess@demo.bank")
        with pytest.raises(IntegrityError, match="append-only"), world.store.write() as session:
            session.execute(text(statement))
