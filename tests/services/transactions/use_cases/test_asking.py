"""Large commands of the desk wait for a second person: nothing is booked, and the request is told once."""

from collections.abc import Callable

import pytest

from services.transactions.domain.bank_rules import PRODUCTION_RULES
from shared.store.engine import Store
from tests.services.transactions.approvals import LARGE, REVERSE, ApprovalBench
from tests.services.transactions.conftest import (
    ACCOUNTS,
    ADA,
    DEPOSIT,
    OLU,
    PUT,
    SAM,
    TESS,
    TRANSFER,
    WITHDRAWAL,
    transfer,
)


@pytest.fixture
def desk(make_store: Callable[[str], Store]) -> ApprovalBench:
    """Give a ledger under the sandbox's rules."""
    return ApprovalBench(make_store("transactions"))


def cash(amount_minor: int) -> dict[str, object]:
    return {"account_id": "a-ada", "amount_minor": amount_minor, "currency": "EUR"}


class TestLargeCash:
    def test_at_a_desk_waits_and_books_nothing(self, desk: ApprovalBench) -> None:
        status, body = desk.one(DEPOSIT, cash(LARGE), TESS)
        assert status == 202
        assert set(body) == {"approval"}
        assert set(body["approval"]) == {"id", "status", "expires_at"}
        assert desk.booked("a-ada") == 1_000
        [told] = desk.told("approval-needed")
        assert (told["approval_id"], told["command"], told["made_by"]) == (body["approval"]["id"], "deposit", "u-tess")
        assert (told["before"], told["after"]) == ({"booked_minor": 1_000}, {"booked_minor": 1_000 + LARGE})
        assert (told["amount_minor"], told["currency"], told["checkers"]) == (LARGE, "EUR", ["officer", "supervisor"])
        assert (told["subject_type"], told["subject_id"], told["branch_id"]) == ("account", "a-ada", "main")

    def test_below_the_amount_is_booked(self, desk: ApprovalBench) -> None:
        assert desk.one(DEPOSIT, cash(LARGE - 1), TESS)[0] == 201

    def test_of_an_officer_or_supervisor_waits_as_well(self, desk: ApprovalBench) -> None:
        assert [desk.one(DEPOSIT, cash(LARGE), who)[0] for who in (OLU, SAM)] == [202, 202]

    def test_of_the_owner_needs_no_desk(self, desk: ApprovalBench) -> None:
        assert desk.one(DEPOSIT, cash(LARGE), ADA)[0] == 201

    def test_that_would_be_refused_is_refused_at_once(self, desk: ApprovalBench) -> None:
        status, body = desk.one(WITHDRAWAL, cash(LARGE), TESS)
        assert (status, body["code"]) == (409, "transactions.insufficient-funds")

    def test_asked_for_again_under_its_key_is_the_same_request(self, desk: ApprovalBench) -> None:
        first = desk.one(DEPOSIT, cash(LARGE), TESS, key="once")
        assert desk.one(DEPOSIT, cash(LARGE), TESS, key="once") == first
        assert desk.count("waiting_commands") == len(desk.told("approval-needed")) == 1

    def test_tried_dry_leaves_nothing(self, desk: ApprovalBench) -> None:
        assert desk.one(DEPOSIT, cash(LARGE), TESS, dry_run=True)[0] == 202
        assert desk.count("waiting_commands") == 0

    def test_of_a_production_bank_waits_sooner(self, desk: ApprovalBench) -> None:
        desk.rules = PRODUCTION_RULES
        assert [desk.one(DEPOSIT, cash(minor), TESS)[0] for minor in (999_999, 1_000_000)] == [201, 202]


class TestReversals:
    def entry(self, desk: ApprovalBench, amount_minor: int) -> str:
        desk.deposit("a-ada", LARGE - 1)
        desk.deposit("a-ada", LARGE - 1)
        desk.rules = desk.rules.__class__()  # the transfer itself asks for no step-up here
        status, body = desk.one(TRANSFER, transfer("a-ada", "a-ben", amount_minor), ADA)
        assert status == 201, body
        desk.rules = ApprovalBench.RULES
        return str(body["id"])

    def test_of_a_large_amount_wait(self, desk: ApprovalBench) -> None:
        entry = self.entry(desk, LARGE)
        desk.asks(REVERSE, OLU, body={"reason": "booked in error"}, transaction_id=entry)
        [told] = desk.told("approval-needed")
        assert (told["subject_type"], told["subject_id"], told["reason"]) == ("entry", entry, "booked in error")
        assert (told["before"], told["after"]) == ({"status": "booked"}, {"status": "reversed"})

    def test_of_less_are_booked(self, desk: ApprovalBench) -> None:
        entry = self.entry(desk, LARGE - 1)
        assert desk.one(REVERSE, {"reason": "booked in error"}, OLU, transaction_id=entry)[0] == 201

    def test_of_money_already_spent_are_refused_unless_a_checker_is_asked(self, desk: ApprovalBench) -> None:
        entry = self.entry(desk, 500)
        assert desk.one(WITHDRAWAL, {"account_id": "a-ben", "amount_minor": 400, "currency": "EUR"}, TESS)[0] == 201
        status, body = desk.one(REVERSE, {"reason": "booked in error"}, OLU, transaction_id=entry)
        assert (status, body["code"]) == (409, "transactions.insufficient-funds")
        assert "ask-checker" in [option["action"] for option in body["options"]]
        body = {"reason": "booked in error", "ask_checker": True}
        approval = desk.asks(REVERSE, OLU, body=body, transaction_id=entry)
        desk.decides(approval)
        desk.works()
        assert (desk.state(approval), desk.booked("a-ben")) == ("executed", -400)

    def test_of_the_same_entry_void_what_waits(self, desk: ApprovalBench) -> None:
        entry = self.entry(desk, 500)
        body = {"reason": "booked in error", "ask_checker": True}
        waits = desk.asks(REVERSE, OLU, body=body, transaction_id=entry)
        assert desk.one(REVERSE, {"reason": "booked in error"}, SAM, transaction_id=entry)[0] == 201
        assert desk.state(waits) == "void"
        assert desk.told("approval-ended") == [{"approval_id": waits, "status": "void", "outcome": {"id": entry}}]


class TestAChangedAccount:
    def test_voids_what_waits_about_it(self, desk: ApprovalBench) -> None:
        pending, approved = desk.asks(), desk.asks()
        desk.decides(approved)
        contract = {
            "version": 2, "account_number": "DE00ADA", "owners": ["c-ada"], "product": "everyday", "currency": "EUR",
            "branch_id": "main", "freeze": "debit",
        }  # fmt: skip
        assert desk.one(PUT, contract, ACCOUNTS, account_id="a-ada")[0] == 200
        assert [desk.state(one) for one in (pending, approved)] == ["void", "void"]
        assert [one["status"] for one in desk.told("approval-ended")] == ["void", "void"]
        desk.works()
        assert desk.booked("a-ada") == 1_000
