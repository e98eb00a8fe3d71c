"""Group commits that cannot be: a store that takes nothing, and answers that are not to be kept."""

import json
import time
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from services.transactions.store import ledger_store
from services.transactions.use_cases.deciding import Command, Context, Decision, LedgerView
from shared.errors import Forbidden, Invalid, Refusal
from shared.store import engine
from tests.services.transactions.conftest import ADA, TRANSFER, LedgerBench, transfer


class TestCommitBatch:
    @pytest.mark.sqlite  # PostgreSQL has no lock on the whole store
    def test_answers_503_once_for_all_while_another_holds_the_store(
        self, bench: LedgerBench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One by one, each command of the batch waited five seconds for the lock."""
        monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
        import pysqlite3

        other = pysqlite3.connect(str(bench.store.path), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        batch = [bench.submission(TRANSFER, transfer("a", "b", 1), ADA) for _ in range(100)]
        began = time.monotonic()
        answers = bench.book(*batch)
        assert time.monotonic() - began < 4
        other.execute("ROLLBACK")
        other.close()
        assert {answer.status for answer in answers} == {503}
        assert all(answer.headers["retry-after"] for answer in answers)
        assert [answer.status for answer in bench.book(*batch)] == [404] * 100

    @pytest.mark.parametrize("reason", ["database or disk is full", "disk I/O error", "database is locked"])
    def test_answers_503_and_loses_nothing_when_it_cannot_be_written(
        self, bench: LedgerBench, monkeypatch: pytest.MonkeyPatch, reason: str
    ) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 100)
        batch = [bench.submission(TRANSFER, transfer(payer, payee, 1), ADA) for _ in range(3)]

        def refuse(*_: Any) -> None:
            raise OperationalError("INSERT", {}, Exception(reason))

        with monkeypatch.context() as broken:
            broken.setattr(ledger_store, "write_entries", refuse)
            answers = bench.book(*batch)
        assert [answer.status for answer in answers] == [503] * 3
        assert json.loads(answers[0].body)["request_id"] == "request-1"
        assert [answer.status for answer in bench.book(*batch)] == [201] * 3
        assert bench.booked(payee) == 3

    def test_books_no_entry_that_does_not_balance_and_its_neighbours_all_the_same(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 100)
        orders = [bench.submission(TRANSFER, transfer(payer, payee, 1), ADA) for _ in range(3)]
        orders[1].command = _uneven(orders[1].command)
        assert [answer.status for answer in bench.book(*orders)] == [201, 500, 201]
        assert (bench.booked(payer), bench.booked(payee)) == (98, 2)

    def test_harms_only_the_command_that_is_at_fault(self, bench: LedgerBench) -> None:
        payer, payee = bench.open("ada"), bench.open("ben")
        bench.deposit(payer, 100)
        good = [bench.submission(TRANSFER, transfer(payer, payee, 1), ADA) for _ in range(2)]
        bad = bench.submission(TRANSFER, transfer(payer, payee, 1), ADA)
        bad.command = _raising(bad.command, RuntimeError("a bug"))
        assert [answer.status for answer in bench.book(good[0], bad, good[1])] == [201, 500, 201]
        assert bench.booked(payee) == 2

    @pytest.mark.parametrize("refusal", [Forbidden("no"), Invalid("no")])
    def test_keeps_no_answer_that_may_be_another_one_next_time(self, bench: LedgerBench, refusal: Refusal) -> None:
        one = bench.submission(TRANSFER, transfer("a", "b", 1), ADA)
        one.command = _raising(one.command, refusal)
        assert bench.book(one)[0].status in (403, 422)
        assert bench.count("idempotency") == 0


def _uneven(command: Command) -> Command:
    """Make a command whose entry debits less than it credits."""

    def decide(order: Any, context: Context, view: LedgerView) -> Decision:
        decision = command.decide(order, context, view)
        assert decision.entry is not None
        first, *others = decision.entry.postings
        postings = (replace(first, amount_minor=first.amount_minor + 1), *others)
        return replace(decision, entry=replace(decision.entry, postings=postings))

    return replace(command, decide=decide)


def _raising(command: Command, wrong: Exception) -> Command:
    """Make a command that fails."""

    def decide(*_: Any) -> Any:
        raise wrong

    return Command(name=command.name, order=command.order, needs=command.needs, decide=decide)
