"""A login after the last account is closed, and after one is open again."""

import pytest

from services.identity.consumers import account_opened, account_reopened, relationship_ended
from services.identity.domain.user import InvalidRoles, change_user
from services.identity.store.sessions_queries import open_sessions
from services.identity.store.tables import UserRow
from services.identity.store.users_queries import user_of
from shared.contracts.accounts import AccountOpened, AccountReopened, RelationshipEnded
from shared.contracts.envelope import Envelope
from shared.contracts.policy.accounts import POLICY as ACCOUNTS
from shared.contracts.policy.identity import POLICY as IDENTITY
from shared.contracts.policy.notifications import POLICY as NOTIFICATIONS
from shared.contracts.policy.row import FORMER
from shared.contracts.policy.support import POLICY as SUPPORT
from shared.contracts.policy.transactions import POLICY as TRANSACTIONS
from shared.store.outbox_queries import events_after
from tests.services.identity.conftest import NOW, World

CAME = Envelope.model_construct(source="bank.accounts", lane=0, epoch=1, sequence=1)
OPENED = {"account_id": "a1", "owners": ["c1"], "product": "current", "currency": "EUR", "branch_id": "main"}


def end(world: World, customer_id: str = "c1") -> None:
    with world.store.write() as session:
        fact = RelationshipEnded(customer_id=customer_id, user_id="whoever")
        relationship_ended.consume(session, fact, CAME)


def roles_of(world: World, user: UserRow) -> list[str]:
    with world.store.read() as session:
        return list(session.get_one(UserRow, user.id).roles)


def facts_of(world: World) -> list[str]:
    with world.store.read() as session:
        return [str(fact["type"]).split(".")[2] for fact in events_after(session, 0, 200)]


@pytest.fixture
def ada(world: World) -> UserRow:
    return world.add("ada@demo.bank", "customer", customer_id="c1")


class TestNarrowLogin:
    def test_leaves_the_role_of_a_former_customer_and_ends_the_sessions(self, world: World, ada: UserRow) -> None:
        world.sign_in("ada@demo.bank")
        for _ in range(2):
            end(world)
        assert roles_of(world, ada) == [FORMER]
        assert facts_of(world).count("user-changed") == 1
        with world.store.read() as session:
            assert open_sessions(session, user_id=ada.id, now=NOW) == []

    def test_signs_in_again_with_that_role_alone(self, world: World, ada: UserRow) -> None:
        end(world)
        tokens = world.sign_in("ada@demo.bank")
        assert world.caller(ada, tokens).session_id is not None
        assert roles_of(world, ada) == [FORMER]

    def test_leaves_others_and_strangers_alone(self, world: World, ada: UserRow) -> None:
        end(world, "c-unknown")
        assert roles_of(world, ada) == ["customer"]


class TestWidenLogins:
    def test_follows_an_account_that_is_reopened_or_opened(self, world: World, ada: UserRow) -> None:
        for number in range(2):
            end(world)
            with world.store.write() as session:
                if number:
                    account_opened.consume(session, AccountOpened.model_validate(OPENED), CAME)
                else:
                    account_reopened.consume(session, AccountReopened(account_id="a1", owners=["c0", "c1"]), CAME)
            assert roles_of(world, ada) == ["customer"]

    def test_changes_nothing_for_who_is_a_customer(self, world: World, ada: UserRow) -> None:
        with world.store.write() as session:
            account_opened.consume(session, AccountOpened.model_validate(OPENED), CAME)
        assert (roles_of(world, ada), facts_of(world)) == (["customer"], ["user-created"])


class TestAdmins:
    def test_may_suspend_a_former_customer_but_not_make_one_a_customer(self, world: World, ada: UserRow) -> None:
        end(world)
        with world.store.read() as session:
            former = user_of(session.get_one(UserRow, ada.id))
        more = {"user": former, "version": former.version, "other_active_admins": 1}
        assert change_user(**more, roles=None, status="suspended").status == "suspended"
        with pytest.raises(InvalidRoles):
            change_user(**more, roles=["customer"], status=None)


class TestThePolicy:
    def test_lets_a_former_customer_read_statements_and_sign_out(self) -> None:
        rows = (*IDENTITY, *ACCOUNTS, *TRANSACTIONS, *SUPPORT, *NOTIFICATIONS)
        assert {f"{one.method} {one.path}" for one in rows if FORMER in one.roles} == {
            "GET /api/v1/auth/me",
            "POST /api/v1/auth/logout",
            "POST /api/v1/auth/logout-all",
            "GET /api/v1/closed-accounts",
            "GET /api/v1/statements",
            "GET /api/v1/statements/{statement_id}",
        }
