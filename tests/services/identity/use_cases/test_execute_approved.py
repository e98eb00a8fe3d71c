"""Doing what was approved, once."""

import pytest

from services.identity.consumers.approval_decided import consume
from services.identity.store.sessions_queries import open_sessions
from services.identity.store.tables import PendingCommandRow, UserRow
from shared.contracts.accounts import ApprovalDecided
from shared.contracts.envelope import Envelope
from shared.store.outbox_queries import events_after
from tests.services.identity.conftest import NOW, World
from tests.services.identity.use_cases.test_propose_user_change import PEOPLE, ask, roles_of

CAME = Envelope.model_construct(source="bank.accounts", lane=0, epoch=1, sequence=1)


def decide(world: World, waits: PendingCommandRow, by: str | None, decision: str = "approved", **other: str) -> None:
    values = {"approval_id": waits.id, "service": "identity", "made_by": waits.made_by, **other}
    with world.store.write() as session:
        consume(session, ApprovalDecided(decision=decision, decided_by=by, **values), CAME)


def ended(world: World) -> list[dict[str, object]]:
    with world.store.read() as session:
        facts = events_after(session, 0, 200)
    return [fact["data"] for fact in facts if fact["type"] == "bank.identity.approval-ended.v1"]


@pytest.fixture
def people(world: World) -> dict[str, UserRow]:
    return {name: world.add(f"{name}@demo.bank", role) for name, role in PEOPLE}


@pytest.fixture
def waits(world: World, people: dict[str, UserRow]) -> PendingCommandRow:
    asked = ask(world, people["alma"], people["tess"], ["admin"])
    assert isinstance(asked, PendingCommandRow)
    return asked


class TestExecuteApproved:
    def test_does_it_once_and_ends_the_sessions(
        self, world: World, people: dict[str, UserRow], waits: PendingCommandRow
    ) -> None:
        world.sign_in("tess@demo.bank")
        for _ in range(2):
            decide(world, waits, people["sam"].id)
        assert roles_of(world, people["tess"]) == ["admin"]
        with world.store.read() as session:
            assert open_sessions(session, user_id=people["tess"].id, now=NOW) == []
            assert session.get_one(UserRow, people["tess"].id).version == 2
            kept = session.get_one(PendingCommandRow, waits.id)
        assert (kept.status, kept.decided_by) == ("executed", people["sam"].id)
        assert [(one["status"], one["outcome"]) for one in ended(world)] == [("executed", {"id": people["tess"].id})]

    @pytest.mark.parametrize(
        ("by", "code"),
        [
            ("alma", "identity.own-roles"),
            ("tess", "identity.own-roles"),
            (None, "identity.own-roles"),
            ("olu", "identity.not-a-checker"),
        ],
    )
    def test_trusts_no_decision_of_the_wrong_person(
        self, world: World, people: dict[str, UserRow], waits: PendingCommandRow, by: str | None, code: str
    ) -> None:
        olu = world.add("olu@demo.bank", "officer")
        decide(world, waits, {**people, "olu": olu}[by].id if by else None)
        assert roles_of(world, people["tess"]) == ["teller"]
        assert [(one["status"], one["outcome"]) for one in ended(world)] == [("failed", {"code": code})]

    def test_says_when_it_is_no_longer_possible(self, world: World, people: dict[str, UserRow]) -> None:
        anne = world.add("anne@demo.bank", "admin")
        asked = ask(world, people["alma"], anne, ["teller"])
        assert isinstance(asked, PendingCommandRow)
        with world.store.write() as session:
            session.get_one(UserRow, people["alma"].id).status = "suspended"
        decide(world, asked, people["sam"].id)
        assert ended(world)[-1]["outcome"] == {"code": "identity.last-admin"}

    def test_leaves_commands_of_other_services_alone(
        self, world: World, people: dict[str, UserRow], waits: PendingCommandRow
    ) -> None:
        decide(world, waits, people["sam"].id, service="transactions")
        decide(world, waits, people["sam"].id, approval_id="unknown")
        assert roles_of(world, people["tess"]) == ["teller"]

    @pytest.mark.parametrize("decision", ["rejected", "expired", "void"])
    def test_forgets_what_was_not_approved(
        self, world: World, people: dict[str, UserRow], waits: PendingCommandRow, decision: str
    ) -> None:
        decide(world, waits, None, decision)
        decide(world, waits, people["sam"].id)
        with world.store.read() as session:
            assert session.get_one(PendingCommandRow, waits.id).status == decision
        assert roles_of(world, people["tess"]) == ["teller"]
