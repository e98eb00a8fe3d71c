"""Executing what was approved: once, whoever comes and whatever dies."""

from datetime import timedelta
from typing import Any

import pytest

from services.accounts.domain.product import Product
from services.accounts.store.approval_store import Proposal
from services.accounts.store.rate_queries import rate_on
from services.accounts.store.tables import ApprovalRow
from services.accounts.use_cases.decide_approval import decide_approval
from services.accounts.use_cases.execute_approved import execute_approved
from services.accounts.use_cases.propose import propose
from services.accounts.use_cases.set_rate import NewRate, set_rate
from shared.clock import bank_now
from shared.contracts.caller import Caller
from shared.store.jobs import due_jobs
from tests.services.accounts.conftest import ALMA, SAM, TESS, Lives, Register

TOMORROW = bank_now().date() + timedelta(days=1)
RATE = {
    "product": "savings",
    "rate_basis_points": 300,
    "effective_from": TOMORROW.isoformat(),
    "tier_from_minor": 0,
    "side": "credit",
}


def approved(lives: Lives, command: str, arguments: dict[str, Any], *, by: Caller = SAM, checker: Caller = ALMA) -> str:
    with lives.store.write() as session:
        wanted = Proposal(command, arguments, "product", "savings", reason="market")
        approval_id = str(propose(session, caller=by, proposal=wanted, command=lambda: None).id)
    with lives.store.write() as session:
        decide_approval(session, caller=checker, approval_id=approval_id, approve=True, note=None)
    return approval_id


class TestExecuteApproved:
    def test_does_it_once_in_the_makers_name(self, lives: Lives) -> None:
        approval_id = approved(lives, "set-rate", RATE)
        rows = [execute_approved(lives.store, approval_id=approval_id) for _ in range(3)]
        assert {row.status for row in rows} == {"executed"}
        with lives.store.read() as session:
            assert rate_on(session, "savings", TOMORROW) == 300
        assert lives.facts().count("rate-changed") == 1

    def test_is_left_to_a_job_by_the_approval_itself(self, lives: Lives) -> None:
        """Whoever dies after the approval has left the job: the worker executes it."""
        approval_id = approved(lives, "set-rate", RATE)
        with lives.store.read() as session:
            jobs = session.connection().exec_driver_sql("SELECT kind, unique_key FROM jobs").all()
            assert due_jobs(session) == []  # not before the request had its chance
        assert ("execute_approved", approval_id) in [tuple(job) for job in jobs]
        assert lives.facts().count("rate-changed") == 0

    def test_keeps_a_refusal_as_its_outcome_and_changes_nothing(self, lives: Lives) -> None:
        approval_id = approved(lives, "set-rate", RATE)
        with lives.store.write() as session:
            set_rate(session, caller=SAM, rate=NewRate("savings", 310, TOMORROW), note="faster")
        row = execute_approved(lives.store, approval_id=approval_id)
        assert (row.status, row.outcome) == ("failed", {"code": "accounts.rate-overlaps"})
        with lives.store.read() as session:
            assert rate_on(session, "savings", TOMORROW) == 310

    def test_does_nothing_with_what_still_waits(self, lives: Lives) -> None:
        with lives.store.write() as session:
            wanted = Proposal("set-rate", RATE, "product", "savings")
            approval_id = propose(session, caller=SAM, proposal=wanted, command=lambda: None).id
        assert execute_approved(lives.store, approval_id=approval_id).status == "pending"

    @pytest.mark.parametrize(
        ("command", "arguments"),
        [
            (
                "create-product",
                {"code": "gold", "terms": Product("gold", "Gold", ("EUR",)).to_terms(), "effective_from": None},
            ),
            (
                "change-product",
                {"code": "savings", "seen_version": 1, "changes": {"name": "S"}, "effective_from": None},
            ),
        ],
    )
    def test_knows_the_commands_of_the_catalogue(self, lives: Lives, command: str, arguments: dict[str, Any]) -> None:
        approval_id = approved(lives, command, arguments)
        assert execute_approved(lives.store, approval_id=approval_id).status == "executed"

    def test_withdraws_a_rate_and_begins_a_closing(self, lives: Lives, register: Register) -> None:
        account_id = lives.open(register())
        with lives.store.write() as session:
            rate = set_rate(session, caller=SAM, rate=NewRate("savings", 310, TOMORROW), note="x").id
        first = approved(lives, "withdraw-rate", {"rate_id": rate, "seen_version": 1})
        arguments = {"account_id": account_id, "payout_account_id": None}
        second = approved(lives, "close-account", arguments, by=TESS, checker=SAM)
        assert execute_approved(lives.store, approval_id=first).status == "executed"
        assert execute_approved(lives.store, approval_id=second).status == "executed"
        assert lives.row(account_id).status == "closing"
        with lives.store.read() as session:
            assert session.get_one(ApprovalRow, second).decided_by == "sam"
