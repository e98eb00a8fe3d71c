"""Who else has a ticket open."""

from datetime import timedelta

from services.support.use_cases.note_viewing import note_viewing
from shared.contracts.caller import Caller
from shared.store.engine import Store
from tests.services.support.conftest import ADA, SUE, THE_DESK
from tests.services.support.tickets import NOON, given_ticket

SID = Caller(user_id="user-sid", roles=frozenset({"supervisor"}), session_id="s7")


class TestNoteViewing:
    def test_tells_of_the_others_within_the_last_minute(self, store: Store) -> None:
        ticket = given_ticket(store, ADA)

        def look(caller: Caller, seconds: int) -> list[str]:
            with store.write() as session:
                at = NOON + timedelta(seconds=seconds)
                found = note_viewing(session, caller=caller, viewer=THE_DESK, ticket_id=ticket.id, now=at)
                return [one.user_id for one in found]

        assert look(SUE, 0) == []
        assert look(SID, 30) == ["user-sue"]
        assert look(SUE, 60) == ["user-sid"]
        assert look(SUE, 91) == []
