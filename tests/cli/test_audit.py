"""`strongroom audit verify`: a good trail is counted, a forged one is named by its first bad row."""

from collections.abc import Callable

import pytest

from cli.audit import verify_trails
from shared.contracts.caller import Caller
from shared.store.audit import record_audit
from shared.store.chains import check_audit
from shared.store.engine import Store
from tests.services.transactions.forgery import forge

pytestmark = pytest.mark.sqlite  # a forger's work on files


@pytest.fixture
def store(make_store: Callable[[str], Store]) -> Store:
    """Give a store of support with five records."""
    store = make_store("support")
    with store.write() as session:
        for number in range(5):
            record_audit(
                session,
                caller=Caller(user_id="sue"),
                command="resolve",
                subject_type="ticket",
                subject_id=str(number),
            )
    return store


def checked(store: Store) -> tuple[list[str], bool]:
    return verify_trails({"support": store.url.render_as_string()})


class TestVerifyTrails:
    def test_counts_a_good_trail(self, store: Store) -> None:
        assert checked(store) == (["support: 5 records, nothing is wrong"], True)

    @pytest.mark.parametrize(
        ("change", "row"),
        [
            ("UPDATE audit SET user_id = 'eve' WHERE sequence = 3", "sequence=3"),
            ("UPDATE audit SET command = 'x', hash = 'h' WHERE sequence = 2", "sequence=2"),
            ("DELETE FROM audit WHERE sequence = 4", "sequence=5"),
        ],
    )
    def test_names_the_first_bad_row(self, store: Store, change: str, row: str) -> None:
        forge(store, change, service="support")
        [line], good = checked(store)
        assert not good
        assert f"audit {row}" in line or row in line

    def test_sees_that_the_table_can_be_changed(self, store: Store) -> None:
        with store.writer.begin() as connection:
            triggers = connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
            ).scalars()
            for name in list(triggers):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        assert not checked(store)[1]


class TestCheckAudit:
    @pytest.mark.parametrize(
        ("change", "row"),
        [
            ("UPDATE audit SET user_id = 'eve' WHERE sequence = 3", ["sequence=3"]),
            ("DELETE FROM audit WHERE sequence = 4", ["sequence=5", "sequence=5"]),  # a gap, and what does not follow
            ("UPDATE audit SET reason = 'x' WHERE sequence = 2", ["sequence=2"]),
        ],
    )
    @pytest.mark.parametrize("limit", [1, 2, 100])
    def test_names_the_bad_rows_whatever_the_size_of_a_piece(
        self, store: Store, change: str, row: list[str], limit: int
    ) -> None:
        forge(store, change, service="support")
        after: int | None = 0
        found: list[str] = []
        while after is not None:
            with store.read() as session:
                said = check_audit(session, after=after, limit=limit)
            found += [one["key"] for one in said["bad"]]
            after = said["next"]
        assert found == row

    def test_of_a_good_trail_finds_nothing(self, store: Store) -> None:
        with store.read() as session:
            assert check_audit(session, after=0, limit=100) == {"checked": 5, "bad": [], "next": None}
            assert check_audit(session, after=2, limit=3) == {"checked": 3, "bad": [], "next": 5}
