"""A second branch: staff who work for one branch are told of another's customers and accounts as of missing ones.

Tellers and officers work for their branch; those who oversee the bank see all of it. The money itself may be paid in
at any counter, so this is about the operations of `accounts`, and about every row whose scope is "branch".
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.routes import routes_for
from shared.ids import new_id
from tests.attacks.objects import slot_of
from tests.attacks.operations import Operation, operations
from tests.attacks.people import Actor, People
from tests.attacks.requests import sendable
from tests.attacks.test_matrix import code_of, said
from tests.builders.bank import Bank
from tests.builders.mailbox import RESET, newest_code

BOUND = ("teller", "officer")
"""The roles that see one branch."""
PRIVATE = ("customer_id", "account_id")
PASSWORD = "a calm and wide river"


@pytest.fixture(scope="module")
def people(bank: Bank) -> Iterator[People]:
    found = People(bank)
    yield found
    found.close()


@pytest.fixture(scope="module")
def elsewhere(bank: Bank, people: People) -> Iterator[dict[str, Actor]]:
    """Invite a teller and an officer to a second branch; each chooses a password with the code of their mail."""
    admin = people.by_role["admin"]
    branch = admin.asks("POST", "/api/v1/branches", {"name": f"North {new_id()}", "location": "Kiel"})["id"]
    staff: dict[str, Actor] = {}
    for role in BOUND:
        email = f"{role}-{new_id()}@demo.bank"
        admin.asks("POST", "/api/v1/users", {"email": email, "roles": [role], "branch_id": branch})
        body = {"email": email, "code": newest_code(bank, email, subject=RESET), "new_password": PASSWORD}
        assert bank.client().post("/auth/password/reset", json=body).status_code == 204
        staff[role] = Actor(bank, role, email, PASSWORD)
        assert staff[role].asks("GET", "/api/v1/auth/me")["branch_id"] == branch
    yield staff
    for actor in staff.values():
        actor.close()


def bound_operations() -> list[str]:
    """Give every operation in which a branch may play a part: of accounts, about a customer or an account."""
    return sorted(
        name
        for name, one in operations().items()
        if slot_of(one) in PRIVATE
        and any(one.admits(role) for role in BOUND)
        and one.row is not None
        and (one.row.scope == "branch" or [route.upstream for route in routes_for(one.path)] == ["accounts"])
    )


class TestAnotherBranch:
    @pytest.mark.parametrize("name", bound_operations())
    def test_is_not_there_for(self, people: People, elsewhere: dict[str, Actor], name: str) -> None:
        operation = operations()[name]
        slot = slot_of(operation)
        ids = {"customer_id": people.customer.customer_id, "account_id": people.customer.account_id}
        assert slot is not None
        for role in BOUND:
            if not operation.admits(role):
                continue
            request = sendable(operation, people, elsewhere[role])
            missing, theirs = (request.about(slot, one).send(elsewhere[role]) for one in (new_id(), ids[slot]))
            if slot in operation.path_names:
                assert missing.status_code in (403, 404), f"{name} as {role}: {said(missing)}"
            assert code_of(missing) != "auth.role-not-allowed", name
            assert said(theirs) == said(missing), f"{name} as {role}"
        _COUNTED.append(name)

    def test_is_in_none_of_their_lists(self, people: People, elsewhere: dict[str, Actor]) -> None:
        hidden = (people.customer.customer_id, people.customer.account_id)
        found = people.by_role["supervisor"].send("POST", "/api/v1/customers/search", json=_sought(people))
        assert people.customer.customer_id in found.text  # the control: who oversees the bank finds them
        with ThreadPoolExecutor(4) as pool:
            told = list(pool.map(lambda one: (one, _listed(people, elsewhere, one)), _lists()))
        for operation, texts in told:
            for text in texts:
                assert not [one for one in hidden if one in text], operation.name
        assert len(told) >= 4

    def test_says_how_many_it_asked(self, tell: Callable[[str], None]) -> None:
        tell(f"{len(_COUNTED)} operations as staff of a second branch: another branch's objects are missing ones")


_COUNTED: list[str] = []


def _lists() -> list[Operation]:
    """Give the lists of accounts that the roles of one branch may read, and the search."""
    return [
        one
        for one in operations().values()
        if one.row is not None
        and any(one.admits(role) for role in BOUND)
        and not one.path_names
        and (one.method == "GET" or one.path.endswith("/search"))
        and [route.upstream for route in routes_for(one.path)] == ["accounts"]
    ]


def _listed(people: People, elsewhere: dict[str, Actor], operation: Operation) -> list[str]:
    texts = []
    for role in BOUND:
        if operation.admits(role):
            actor = elsewhere[role]
            asked = sendable(operation, people, actor)
            if operation.path.endswith("/search"):
                asked.body = _sought(people)
            elif "limit" in operation.parameters("query"):
                asked.query["limit"] = 200
            answer = asked.send(actor)
            assert answer.status_code == 200, f"{operation.name} as {role}: {answer.text}"
            texts.append(answer.text)
    return texts


def _sought(people: People) -> dict[str, str]:
    return {"email": people.customer.email}
