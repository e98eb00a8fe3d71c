"""Facts that a service could not accept, as it tells notifications of them and applies them again."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from shared.clients.jwks import KeySet
from shared.clients.revocations import Revocations
from shared.clients.verify import TokenVerifier
from shared.contracts.envelope import Envelope
from shared.errors import NotFound
from shared.ids import new_id
from shared.store.engine import Store
from shared.streams.dead_letters import FactStillUnreadable, bury_fact, replayer
from shared.streams.subscription import Handler, Subscription
from shared.web.app import create_service_app
from tests.shared.clients.signer import Signer
from tests.shared.web.house import Settings, Told

PATH = "/internal/dead-letters"


class Away(NotFound):
    code = "accounts.away"


@pytest.fixture
def store(make_store: Callable[[str], Store]) -> Store:
    return make_store("accounts")


@pytest.fixture
def heard() -> list[int]:
    return []


@pytest.fixture
def http(store: Store, heard: list[int]) -> Iterator[TestClient]:
    def consume(_session: object, fact: Told, _envelope: Envelope) -> None:
        if fact.amount_minor > 100:
            raise Away
        heard.append(fact.amount_minor)

    signer = Signer()
    app = create_service_app(
        settings=Settings(),
        store=store,
        routers=[],
        policy=(),
        verifier=TokenVerifier(service="accounts", keys=KeySet(signer.jwks), revocations=Revocations()),
        title="Test",
        replay=replayer([Subscription("transactions", {Told.type: Handler(Told, consume)})]),
    )
    with TestClient(app) as client:
        client.headers["authorization"] = f"Bearer {signer.service('notifications', audience='accounts', act='sue')}"
        yield client


def parked(store: Store, sequence: int, **data: object) -> str:
    envelope = Envelope(
        id=f"transactions/0/1/{sequence}",
        source="bank.transactions",
        type=Told.type,
        subject="x",
        time="2026-11-23T11:00:00.000000Z",
        data=data,
        lane=0,
        epoch=1,
        sequence=sequence,
        previoushash="",
        hash="",
    )
    table = store.plumbing.dead_letters
    with store.write() as session:
        bury_fact(session, "transactions", envelope, "accounts.away")
        return str(session.execute(select(table.c.id).where(table.c.sequence == sequence)).scalar_one())


class TestDeadLetters:
    def test_are_listed_newest_first_in_parts(self, http: TestClient, store: Store) -> None:
        first, second = parked(store, 1, amount_minor=1), parked(store, 2, amount_minor=2)
        page = http.get(PATH, params={"limit": 1}).json()["items"]
        assert [(one["id"], one["what"], one["error"]) for one in page] == [(second, Told.type, "accounts.away")]
        assert [one["id"] for one in http.get(PATH, params={"below": second}).json()["items"]] == [first]

    def test_are_applied_once_with_a_record_of_who_asked(
        self, http: TestClient, store: Store, heard: list[int]
    ) -> None:
        letter = parked(store, 1, amount_minor=7)
        assert [http.post(f"{PATH}/{letter}/replay").json()["replayed"] for _ in range(2)] == [True, False]
        assert heard == [7]
        assert http.get(PATH).json()["items"] == []
        audit = store.plumbing.audit
        with store.read() as session:
            record = session.execute(select(audit).where(audit.c.command == "replay-fact")).mappings().one()
        assert (record["subject_id"], "sue" in str(dict(record))) == (letter, True)

    @pytest.mark.parametrize(
        ("data", "reason"), [({"amount_minor": 101}, Away.code), ({"other": 1}, FactStillUnreadable.code)]
    )
    def test_stay_when_they_are_refused_again(
        self, http: TestClient, store: Store, data: dict[str, object], reason: str
    ) -> None:
        letter = parked(store, 1, **data)
        refused = http.post(f"{PATH}/{letter}/replay")
        found = refused.json()
        assert (refused.status_code, found["code"], found["reason"]) == (409, "service.fact-refused-again", reason)
        assert [one["id"] for one in http.get(PATH).json()["items"]] == [letter]

    def test_that_are_none_are_not_found(self, http: TestClient) -> None:
        missing = http.post(f"{PATH}/{new_id()}/replay")
        assert (missing.status_code, missing.json()["code"]) == (404, "service.dead-letter-not-found")
