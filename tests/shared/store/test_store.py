"""The store: which SQLite it takes, its locks, migrations, triggers, facts, audit, keys and jobs."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from shared.clock import now
from shared.contracts.caller import Caller
from shared.contracts.transactions import DepositBooked
from shared.errors import FaultAtStart
from shared.store.audit import audit_hash, record_audit
from shared.store.doorbell import Doorbell
from shared.store.drift import find_drift
from shared.store.engine import Store, check_sqlite
from shared.store.idempotency import KeyReused, StoredAnswer, find_replay, fingerprint, save_answer
from shared.store.jobs import claim_job, due_jobs, enqueue_job, fail_job, finish_job
from shared.store.locks import StoreLock, StoreLocked
from shared.store.migrate import migrate
from shared.store.outbox import GENESIS, append_facts
from shared.store.outbox_queries import events_after, head
from shared.store.schema import check_version, tables_of

MakeStore = Callable[[str], Store]


def fact(entry_id: str) -> DepositBooked:
    """Make a fact."""
    return DepositBooked(
        entry_id=entry_id,
        account_id="a",
        owners=["c"],
        amount_minor=1,
        currency="EUR",
        booked_at="2026-01-01T00:00:00.000000Z",
        business_date="2026-01-01",
    )


class TestSqlite:
    @pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 51, 2)])
    def test_refuses_libraries_that_lose_commits_in_wal(self, version: tuple[int, int, int]) -> None:
        with pytest.raises(FaultAtStart, match="can lose committed data in WAL mode"):
            check_sqlite(version)

    def test_takes_a_mended_library(self) -> None:
        check_sqlite((3, 51, 3))
        check_sqlite((3, 53, 0))

    def test_the_interpreters_own_library_is_refused_by_a_real_start(self, tmp_path: Path) -> None:
        import sqlite3

        if sqlite3.sqlite_version_info > (3, 51, 2):
            with_own = Store(
                f"sqlite:///{tmp_path}/s.db", service="support", plumbing=_plumbing(), sqlite_module="sqlite3"
            )
            with_own.close()
            return
        with pytest.raises(FaultAtStart, match="pysqlite3"):
            Store(f"sqlite:///{tmp_path}/s.db", service="support", plumbing=_plumbing(), sqlite_module="sqlite3")

    @pytest.mark.sqlite
    def test_every_commit_is_durable_and_checked(self, make_store: MakeStore) -> None:
        store = make_store("support")
        with store.write() as session:
            pragmas = [
                session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            ]
        assert pragmas == ["wal", 2, 1, 5000]

    def test_readers_cannot_write(self, make_store: MakeStore) -> None:
        store = make_store("support")
        with pytest.raises(Exception, match=r"read-?only"), store.read() as session:
            session.connection().exec_driver_sql("DELETE FROM jobs")


def _plumbing() -> object:
    return tables_of("support")[1]


class TestLocks:
    def test_a_second_process_of_a_kind_is_refused_in_one_line(self, tmp_path: Path) -> None:
        path = tmp_path / "ledger.db"
        lock = StoreLock(path, "writer")
        lock.acquire()
        code = (
            "from pathlib import Path; from shared.store.locks import StoreLock; "
            f"StoreLock(Path({str(path)!r}), 'writer').acquire()"
        )
        second = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert second.returncode != 0
        assert "in use by another writer process" in second.stderr.splitlines()[-1]
        lock.release()
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

    def test_other_kinds_do_not_collide(self, tmp_path: Path) -> None:
        locks = [StoreLock(tmp_path / "l.db", kind) for kind in ("api", "writer", "listener")]
        for lock in locks:
            lock.acquire()
        with pytest.raises(StoreLocked):
            StoreLock(tmp_path / "l.db", "api").acquire()
        for lock in locks:
            lock.release()


class TestMigrations:
    @pytest.mark.parametrize("service", ["identity", "accounts", "transactions", "support", "notifications"])
    def test_bring_a_store_to_what_the_tables_say_and_run_twice(self, make_store: MakeStore, service: str) -> None:
        store = make_store(service)
        migrate(store)
        check_version(store)
        assert find_drift(store) == []

    def test_a_store_that_lost_a_trigger_does_not_start(self, make_store: MakeStore) -> None:
        store = make_store("transactions")
        with store.write() as session:
            where = "" if store.is_sqlite else " ON postings"
            session.connection().exec_driver_sql(f"DROP TRIGGER postings_no_update{where}")
        with pytest.raises(FaultAtStart, match="postings_no_update"):
            check_version(store)

    def test_a_store_that_is_behind_does_not_start(self, tmp_path: Path) -> None:
        store = Store(f"sqlite:///{tmp_path}/s.db", service="support", plumbing=tables_of("support")[1])
        with pytest.raises(FaultAtStart, match="version none"):
            check_version(store)
        store.close()


class TestFacts:
    def test_are_numbered_without_gaps_even_when_transactions_fail(self, make_store: MakeStore) -> None:
        store = make_store("support")
        for number in range(6):
            try:
                with store.write() as session:
                    append_facts(session, fact(f"e{number}"))
                    if number % 2:
                        raise RuntimeError("the use case failed")
            except RuntimeError:
                pass
        with store.read() as session:
            assert [event["sequence"] for event in events_after(session, 0, 10)] == [1, 2, 3]
            assert head(session).sequence == 3

    @pytest.mark.sqlite  # the relay of a PostgreSQL store looks by itself: commits come from other machines, too
    def test_ring_the_bell_after_the_commit(self, make_store: MakeStore) -> None:
        store = make_store("support")
        bell = Doorbell(store.path)
        with store.write() as session:
            append_facts(session, fact("e"))
            assert not bell.wait(0)
        assert bell.wait(1)
        bell.close()


class TestAudit:
    def test_is_chained_and_append_only(self, make_store: MakeStore) -> None:
        store = make_store("support")
        for number in range(3):
            with store.write() as session:
                record_audit(
                    session, caller=Caller(user_id="u"), command="do", subject_type="thing", subject_id=str(number)
                )
        with store.read() as session:
            rows = session.execute(store.plumbing.audit.select().order_by("sequence")).mappings().all()
        previous = GENESIS
        from shared.clock import format_time

        for row in rows:
            content = {name: row[name] for name in row if name not in ("at", "hash")}
            previous = audit_hash(previous, content, format_time(row["at"]))
            assert row["hash"] == previous
        with pytest.raises(IntegrityError, match="append-only"), store.write() as session:
            session.execute(store.plumbing.audit.delete())


class TestIdempotency:
    def test_gives_the_first_answer_again_and_refuses_another_body(self, make_store: MakeStore) -> None:
        store = make_store("support")
        identity = {"principal": "user:u", "route": "POST /x", "key": "k"}
        with store.write() as session:
            one = fingerprint({"a": 1, "b": 2})
            assert find_replay(session, **identity, fingerprint=one) is None
            save_answer(session, **identity, fingerprint=one, answer=StoredAnswer(201, "{}"))
        with store.write() as session:
            same = fingerprint({"b": 2, "a": 1})
            assert find_replay(session, **identity, fingerprint=same) == StoredAnswer(201, "{}")
            with pytest.raises(KeyReused):
                find_replay(session, **identity, fingerprint=fingerprint({"a": 2}))


class TestJobs:
    def test_one_key_is_one_job_and_one_worker_has_it(self, make_store: MakeStore) -> None:
        store = make_store("support")
        with store.write() as session:
            job_id = enqueue_job(session, kind="k", unique_key="1", payload={"n": 1})
            assert job_id is not None
            assert enqueue_job(session, kind="k", unique_key="1", payload={"n": 1}) is None
        with store.write() as session:
            assert list(due_jobs(session)) == [job_id]
            claimed = claim_job(session, job_id, lease_seconds=60)
            assert claimed is not None
            assert (claimed.attempts, claimed.payload) == (1, {"n": 1})
            assert claim_job(session, job_id, lease_seconds=60) is None
            finish_job(session, job_id)
            assert list(due_jobs(session)) == []

    def test_a_lost_lease_and_a_failed_try_come_back(self, make_store: MakeStore) -> None:
        store = make_store("support")
        with store.write() as session:
            job_id = enqueue_job(session, kind="k", unique_key="1", payload={}) or ""
            claim_job(session, job_id, lease_seconds=-1)
            assert list(due_jobs(session)) == [job_id]
            claim_job(session, job_id, lease_seconds=60)
            fail_job(session, job_id, "no", retry_at=now() - timedelta(seconds=1))
            assert list(due_jobs(session)) == [job_id]
            fail_job(session, job_id, "no", retry_at=None)
            assert list(due_jobs(session)) == []
