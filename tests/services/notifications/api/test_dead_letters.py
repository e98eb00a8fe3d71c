"""Dead letters of the whole bank over HTTP."""

from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import update

from services.notifications.store.tables import PLUMBING
from shared.contracts.envelope import Envelope
from shared.ids import new_id
from shared.store.engine import Store
from shared.streams.dead_letters import bury_fact
from tests.services.notifications.api.test_deliveries import DEAD, MAILS, call, settled
from tests.services.notifications.conftest import OthersDouble
from tests.services.notifications.told import DEPOSIT, envelope, items


def buried(store: Store, letter: Envelope) -> str:
    with store.write() as session:
        bury_fact(session, "transactions", letter, "does not fit its contract")
        [row] = session.execute(PLUMBING.dead_letters.select()).mappings().all()
        return str(row["id"])


def elsewhere(letter_id: str) -> dict[str, Any]:
    """Give a letter as its service tells of it."""
    told = {"id": letter_id, "what": "bank.x.y.v1", "error": "no", "created_at": "2026-11-23T11:00:00.000000Z"}
    return {**told, "fact": {"type": "bank.x.y.v1", "data": {"x": 1}}}


class TestDeadLetters:
    def test_are_facts_and_mails_in_pages(self, http: TestClient, store: Store) -> None:
        mail, fact = settled(store, "failed", 1), buried(store, envelope(DEPOSIT, 7))
        first = call(http, "GET", DEAD, limit="1").json()
        rest = call(http, "GET", DEAD, limit="1", after=first["next"]).json()
        assert [(one["id"], one["kind"]) for one in first["items"] + rest["items"]] == [(fact, "fact"), (mail, "mail")]
        assert rest["next"] is None
        shown, none = first["items"][0]["fact"], rest["items"][0]["fact"]
        assert (shown["sequence"], shown["data"]["entry_id"], none) == (7, DEPOSIT.entry_id, None)

    def test_of_a_fact_is_applied_once(self, http: TestClient, store: Store) -> None:
        letter = buried(store, envelope(DEPOSIT, 7))
        answers = [call(http, "POST", f"{DEAD}/{letter}/replay").json()["replayed"] for _ in range(2)]
        assert answers == [True, False]
        with store.read() as session:
            assert [kind for _, kind, _ in items(session)] == ["deposit"]
        assert call(http, "GET", DEAD).json()["items"] == []

    def test_of_a_fact_that_is_poison_stays_until_it_is_mended(self, http: TestClient, store: Store) -> None:
        sound = envelope(DEPOSIT, 7)
        letter = buried(store, sound.model_copy(update={"data": {"entry_id": "e"}}))
        refused = call(http, "POST", f"{DEAD}/{letter}/replay")
        assert (refused.status_code, refused.json()["code"]) == (409, "notifications.fact-still-unreadable")
        assert len(call(http, "GET", DEAD).json()["items"]) == 1
        with store.write() as session:
            table = PLUMBING.dead_letters
            session.execute(update(table).where(table.c.id == letter).values(envelope=sound.model_dump_json()))
        assert call(http, "POST", f"{DEAD}/{letter}/replay").json()["replayed"] is True

    def test_of_a_mail_is_sent_again(self, http: TestClient, store: Store) -> None:
        mail = settled(store, "failed", 1)
        assert call(http, "POST", f"{DEAD}/{mail}/replay").json() == {"id": mail, "kind": "mail", "replayed": True}
        assert call(http, "GET", MAILS, state="queued").json()["items"][0]["id"] == mail

    def test_that_is_none_is_not_found(self, http: TestClient) -> None:
        missing = call(http, "POST", f"{DEAD}/x/replay")
        assert (missing.status_code, missing.json()["code"]) == (404, "notifications.dead-letter-not-found")


class TestOtherServices:
    def test_are_in_the_same_list_by_time(self, http: TestClient, store: Store, others: OthersDouble) -> None:
        oldest, middle = new_id(), new_id()
        own = buried(store, envelope(DEPOSIT, 7))
        newest = new_id()
        others.letters = {"accounts": [elsewhere(middle)], "support": [elsewhere(newest), elsewhere(oldest)]}
        seen, after = [], ""
        while after is not None:
            page = call(http, "GET", DEAD, limit="1", **({"after": after} if after else {})).json()
            seen += [(one["id"], one["service"]) for one in page["items"]]
            after = page["next"]
        assert seen == [(newest, "support"), (own, "notifications"), (middle, "accounts"), (oldest, "support")]

    def test_that_do_not_answer_are_named(self, http: TestClient, others: OthersDouble) -> None:
        others.letters, others.down = {"accounts": [elsewhere(new_id())]}, {"transactions"}
        page = call(http, "GET", DEAD).json()
        assert (len(page["items"]), page["unreachable"]) == (1, ["transactions"])

    def test_apply_their_own(self, http: TestClient, others: OthersDouble) -> None:
        letter = new_id()
        others.letters = {"support": [elsewhere(letter)]}
        answers = [call(http, "POST", f"{DEAD}/{letter}/replay").json() for _ in range(2)]
        assert answers == [{"id": letter, "kind": "fact", "replayed": done} for done in (True, False)]
        assert others.replayed == [("support", letter)] * 2

    def test_may_refuse_again(self, http: TestClient, others: OthersDouble) -> None:
        letter = new_id()
        others.letters = {"support": [elsewhere(letter)]}
        for reason, code in (
            ("accounts.frozen", "notifications.replay-refused"),
            ("streams.fact-still-unreadable", "notifications.fact-still-unreadable"),
        ):
            others.refuse_with = reason
            refused = call(http, "POST", f"{DEAD}/{letter}/replay")
            assert (refused.status_code, refused.json()["code"]) == (409, code)

    def test_may_have_it_while_they_are_away(self, http: TestClient, others: OthersDouble) -> None:
        others.down = {"accounts"}
        assert call(http, "POST", f"{DEAD}/{new_id()}/replay").status_code == 503
