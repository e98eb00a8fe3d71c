"""Knowing who works for the bank."""

from services.notifications.listener import rebuild_staff
from services.notifications.store.staff_store import staff_with
from services.notifications.use_cases.note_staff import note_staff
from shared.store.engine import Store


class TestNoteStaff:
    def test_keeps_the_roles_of_now(self, store: Store) -> None:
        with store.write() as session:
            note_staff(session, user_id="sam", roles=["supervisor"], is_active=True)
            note_staff(session, user_id="amir", roles=["auditor", "supervisor"], is_active=True)
            note_staff(session, user_id="amir", roles=["auditor"], is_active=True)
            note_staff(session, user_id="olu", roles=["officer"], is_active=True)
            note_staff(session, user_id="olu", roles=["officer"], is_active=False)
            note_staff(session, user_id="ada", roles=["customer"], is_active=True)
        with store.read() as session:
            found = [staff_with(session, [role]) for role in ("supervisor", "auditor", "officer", "customer")]
        assert found == [["sam"], ["amir"], [], []]

    def test_takes_them_from_a_snapshot(self, store: Store) -> None:
        users = [
            {"user_id": "sam", "roles": ["supervisor"], "status": "active"},
            {"user_id": "old", "roles": ["supervisor"], "status": "suspended"},
        ]
        with store.write() as session:
            rebuild_staff(session, {"users": users})
        with store.read() as session:
            assert staff_with(session, ["supervisor", "admin"]) == ["sam"]
