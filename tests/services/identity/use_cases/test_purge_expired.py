"""Purging what has had its time."""

from datetime import timedelta

from services.identity.store.tables import OneTimeCodeRow, SessionRow, SignInEventRow, table_of
from services.identity.use_cases.forget_password import forget_password
from services.identity.use_cases.purge_expired import purge_expired
from tests.services.identity.conftest import NOW, World


class TestPurgeExpired:
    def test_deletes_old_sessions_and_codes_and_keeps_the_log(self, world: World) -> None:
        world.add("ada@demo.bank")
        world.sign_in("ada@demo.bank")
        forget_password(world.desk, email="ada@demo.bank", now=NOW)
        assert purge_expired(world.store, now=NOW + timedelta(hours=1)) == 0
        later = NOW + timedelta(days=60)
        world.sign_in("ada@demo.bank", now=later)
        assert purge_expired(world.store, now=later) > 0
        assert purge_expired(world.store, now=later) == 0
        with world.store.read() as session:
            left = {
                row: len(session.execute(table_of(row).select()).all())
                for row in (SessionRow, OneTimeCodeRow, SignInEventRow)
            }
        assert left == {SessionRow: 1, OneTimeCodeRow: 0, SignInEventRow: 2}
