"""Statements made once from tables: values by position, lists as one parameter, rows as their columns read."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import bindparam, select, update

from shared.clock import format_time
from shared.store.engine import Store
from shared.store.statements import OneOf, Prepared, as_list, insert_into

MOMENT = datetime(2026, 11, 22, 12, 0, 0, 5, tzinfo=UTC)


class TestPrepared:
    def test_writes_and_reads_rows_by_position(self, make_store: Callable[[str], Store]) -> None:
        store = make_store("transactions")
        kept = store.plumbing.idempotency
        names = ["principal", "route", "key", "fingerprint", "status", "body", "created_at"]
        rows = [(f"user:{n}", "r", "k", "f", 201, "%s ? %", format_time(MOMENT)) for n in range(3)]
        find = Prepared(select(kept.c.principal, kept.c.created_at).where(OneOf(kept.c.principal, "ids")), ["ids"])
        with store.write() as session:
            insert_into(kept, names).run(session, rows)
            assert sorted(find.read(session, as_list({"user:2", "user:1", "user:'x'"}))) == [
                ("user:1", MOMENT),
                ("user:2", MOMENT),
            ]

    def test_takes_values_in_its_own_order_and_not_in_the_statements(self, make_store: Callable[[str], Store]) -> None:
        store = make_store("transactions")
        kept = store.plumbing.idempotency
        move = Prepared(
            update(kept)
            .where(kept.c.key == bindparam("which"))
            .values(status=bindparam("code"), body=bindparam("text")),
            ["which", "text", "code"],
        )
        with store.write() as session:
            columns = ["principal", "route", "key", "fingerprint", "status", "body", "created_at"]
            insert_into(kept, columns).run(session, [("p", "r", "k", "f", 1, "", format_time(MOMENT))])
            move.run(session, [("k", "new", 201), ("missing", "none", 500)])
            assert session.execute(select(kept.c.status, kept.c.body)).all() == [(201, "new")]

    def test_runs_nothing_for_no_rows(self, make_store: Callable[[str], Store]) -> None:
        store = make_store("transactions")
        with store.write() as session:
            insert_into(store.plumbing.idempotency, ["key"]).run(session, [])
