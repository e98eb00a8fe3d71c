"""A store on PostgreSQL: where it lives, what it refuses at start, and that its write transactions are alone."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from shared.contracts.caller import Caller
from shared.errors import FaultAtStart, Unavailable
from shared.store.audit import record_audit
from shared.store.engine import Store
from shared.store.idempotency import StoredAnswer, find_replay, save_answer
from shared.store.jobs import claim_job, enqueue_job
from shared.store.migrate import migrate
from shared.store.outbox import append_facts
from shared.store.postgres import take_turn
from shared.store.schema import check_version, tables_of
from tests.builders.postgres import PostgresServer
from tests.shared.store.test_store import fact

pytestmark = pytest.mark.postgres

MakeStore = Callable[[str], Store]


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    return make_store("support")


@pytest.fixture
def empty(postgres: PostgresServer) -> Iterator[str]:
    """Give the address of an empty database."""
    address = postgres.make_database()
    yield address
    postgres.drop_database(address)


def open_at(address: str, service: str = "support") -> Store:
    """Open a store without migrating it."""
    return Store(address, service=service, plumbing=tables_of(service)[1])


def at_once(times: int, work: Callable[[int], Any]) -> list[Any]:
    """Do work many times at once; each gets its number."""
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(work, range(times)))


def one(session: Session, query: str) -> Any:
    """Give the one value of a query."""
    return session.connection().exec_driver_sql(query).scalar()


class TestAddress:
    @pytest.mark.parametrize("scheme", ["postgresql://", "postgres://", "postgresql+psycopg://"])
    def test_is_taken_in_every_usual_form(self, empty: str, scheme: str) -> None:
        store = open_at(empty.replace("postgresql://", scheme))
        migrate(store)
        check_version(store)
        store.close()

    def test_of_another_database_is_refused(self) -> None:
        with pytest.raises(FaultAtStart, match=r"sqlite:// or postgresql://"):
            open_at("mysql://localhost/bank")

    def test_may_be_shared_by_services_since_each_has_a_schema(self, empty: str) -> None:
        stores = [open_at(empty, service) for service in ("support", "identity")]
        for store in stores:
            migrate(store)
        with stores[0].write() as session:
            append_facts(session, fact("e"))
        with stores[1].read() as session:
            assert one(session, "SELECT count(*) FROM outbox") == 0
        for store in stores:
            store.close()


class TestConnections:
    def test_commit_durably_whatever_the_database_prefers(self, empty: str) -> None:
        name = empty.rpartition("/")[2]
        store = open_at(empty)
        with store.writer.begin() as connection:
            connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
        store.close()
        store = open_at(empty)
        with store.write() as session:
            assert (one(session, "SHOW synchronous_commit"), one(session, "SHOW fsync")) == ("on", "on")
            assert one(session, "SHOW transaction_isolation") == "read committed"
        with store.read() as session:
            assert one(session, "SHOW transaction_isolation") == "repeatable read"
        store.close()

    def test_read_one_snapshot(self, store: Store) -> None:
        with store.read() as reading:
            assert one(reading, "SELECT count(*) FROM outbox") == 0
            with store.write() as session:
                append_facts(session, fact("e"))
            assert one(reading, "SELECT count(*) FROM outbox") == 0

    def test_answer_busy_when_a_lock_is_held_too_long(self, store: Store) -> None:
        with store.writer.begin() as other:
            take_turn(other, store.service)
            with pytest.raises(Unavailable), store.write():
                pass

    def test_are_made_again_after_the_server_was_restarted(self, postgres: PostgresServer, store: Store) -> None:
        with store.write() as session:
            append_facts(session, fact("e1"))
        postgres.stop()
        postgres.start()
        with store.write() as session:
            append_facts(session, fact("e2"))
            assert one(session, "SELECT count(*) FROM outbox") == 2


class TestShape:
    def test_two_migrations_at_once_are_one(self, empty: str) -> None:
        stores = [open_at(empty, "transactions") for _ in range(4)]
        versions = at_once(4, lambda number: migrate(stores[number]))
        assert len(set(versions)) == 1
        check_version(stores[0])
        for store in stores:
            store.close()

    @pytest.mark.parametrize("change", ["TRUNCATE audit", "DELETE FROM audit", "UPDATE audit SET reason = 'x'"])
    def test_append_only_tables_refuse_every_change(self, store: Store, change: str) -> None:
        with store.write() as session:
            record_audit(session, caller=Caller(user_id="u"), command="c", subject_type="s", subject_id="1")
        with pytest.raises(IntegrityError, match="audit is append-only"), store.write() as session:
            session.connection().exec_driver_sql(change)

    def test_a_trigger_that_is_switched_off_counts_as_lost_and_comes_back(self, store: Store) -> None:
        with store.write() as session:
            session.connection().exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER audit_no_truncate")
        with pytest.raises(FaultAtStart, match="audit_no_truncate"):
            check_version(store)
        migrate(store)
        check_version(store)

    def test_texts_sort_bytewise_in_a_database_that_sorts_by_language(self, store: Store) -> None:
        with store.write() as session:
            assert one(session, "SELECT 'a' < 'B'") is True  # as the database would
            for job_id in ("a", "B", "_", "é"):
                enqueue_job(session, kind=job_id, unique_key="k", payload={})
            kinds = session.connection().exec_driver_sql("SELECT kind FROM jobs ORDER BY kind").scalars()
            assert list(kinds) == ["B", "_", "a", "é"]

    def test_a_text_that_does_not_is_refused_at_start_and_mended_by_a_migration(self, store: Store) -> None:
        with store.write() as session:
            session.connection().exec_driver_sql('ALTER TABLE jobs ALTER kind TYPE varchar COLLATE "default"')
        with pytest.raises(FaultAtStart, match=r"bytewise: jobs\.kind"):
            check_version(store)
        migrate(store)
        check_version(store)


class TestManyAtOnce:
    def test_write_transactions_are_alone(self, store: Store) -> None:
        """Read, then write: without turns two would read the same number."""
        with store.write() as session:
            session.connection().exec_driver_sql("CREATE TABLE counter (value bigint)")
            session.connection().exec_driver_sql("INSERT INTO counter VALUES (0)")

        def count(_: int) -> None:
            with store.write() as session:
                found = one(session, "SELECT value FROM counter")
                session.connection().exec_driver_sql(f"UPDATE counter SET value = {found + 1}")

        at_once(40, count)
        with store.read() as session:
            assert one(session, "SELECT value FROM counter") == 40

    def test_facts_and_audit_are_numbered_without_gaps_by_those_who_are_not_alone(self, store: Store) -> None:
        def tell(number: int) -> None:
            with store.write(alone=False) as session:
                append_facts(session, fact(f"e{number}"))
                record_audit(session, caller=Caller(user_id="u"), command="c", subject_type="s", subject_id="1")
                if number % 5 == 4:
                    session.rollback()

        at_once(40, tell)
        with store.read() as session:
            for table in ("outbox", "audit"):
                found = session.connection().exec_driver_sql(f"SELECT sequence FROM {table} ORDER BY 1").scalars()
                assert list(found) == list(range(1, 33))

    def test_one_key_is_one_effect(self, store: Store) -> None:
        identity = {"principal": "user:u", "route": "POST /x", "key": "k", "fingerprint": "f"}

        def answer(number: int) -> str:
            with store.write() as session:
                kept = find_replay(session, **identity)
                if kept is not None:
                    return kept.body
                append_facts(session, fact("e"))
                save_answer(session, **identity, answer=StoredAnswer(201, str(number)))
                return str(number)

        assert len(set(at_once(16, answer))) == 1
        with store.read() as session:
            assert one(session, "SELECT count(*) FROM outbox") == 1

    def test_one_worker_has_a_job_and_the_others_do_not_wait_for_it(self, store: Store) -> None:
        with store.write() as session:
            job_id = enqueue_job(session, kind="k", unique_key="1", payload={}) or ""

        def claim(_: int) -> bool:
            with store.write(alone=False) as session:
                return claim_job(session, job_id, lease_seconds=60) is not None

        with store.write(alone=False) as first:
            assert claim_job(first, job_id, lease_seconds=60) is not None
            assert at_once(4, claim) == [False] * 4
