"""Every use case that writes leaves an audit record in its own transaction, or says here who leaves it.

What was asked for and no use case recorded, the door of the service records (`shared/web/witnessing.py`).
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BATCH = "the ledger's batch records each command that it books, and each that it refuses"
PART = "a part of another use case, which records"
BY_FACT = "follows a fact: the command that it tells of is recorded where it was given"
ENDS = "ends by `end_cosignature`, which records"
PLUMBING = "keeps what a machine does with its own rows; no one's command"
ELSEWHERE = {
    "accounts/answer_change": PART,
    "accounts/complete_registration": PART,
    "accounts/execute_cosigned": ENDS,
    "accounts/expire_cosignatures": ENDS,
    "accounts/look_up_account": "changes nothing; the door records who asked",
    "accounts/note_movement": BY_FACT,
    "accounts/open_account": PART,
    "accounts/propose_closing": PART,
    "accounts/push_contract": PART,
    "accounts/refuse_cosignature": ENDS,
    "accounts/register_customer": PART,
    "accounts/register_unseen": PART,
    "accounts/note_viewing": PLUMBING,
    "accounts/void_cosignatures": ENDS,
    "identity/issue_service_token": "writes nothing; what is done with the token is recorded where it is done",
    "identity/purge_expired": PLUMBING,
    "identity/reauthenticate": "the door records it; a failure is in the sign-in log",
    "identity/take_step_up": PART,
    "notifications/feed_due_announcements": PLUMBING,
    "notifications/hurry_mails": PLUMBING,
    "notifications/note_membership": BY_FACT,
    "notifications/note_staff": BY_FACT,
    "notifications/notify_both_sides": BY_FACT,
    "notifications/notify_customer": BY_FACT,
    "notifications/settle_delivery": PLUMBING,
    "notifications/settle_told": BY_FACT,
    "notifications/start_delivery": PLUMBING,
    "support/note_viewing": PLUMBING,
    "support/turn_clocks": PART,
    "support/watch_promises": PLUMBING,
    "transactions/accrue_interest": "computes; what is booked of it, the batch records",
    "transactions/book_own_postings": BATCH,
    "transactions/charge_fees": "computes; what is booked of it, the batch records",
    "transactions/make_statement": "draws up what was asked for; the request was recorded",
    "transactions/mark_dormancy": PLUMBING,
    "transactions/open_due_orders": PLUMBING,
    "transactions/request_print": "the door records who looked at the statement",
    "transactions/request_statement": "the door records it",
    "transactions/roll_orders": "follows a change of the holidays, which was recorded",
    "transactions/run_due_orders": BATCH,
    "transactions/settle_interest": "computes; what is booked of it, the batch records",
    "transactions/summarise_interest": "tells what was booked; the batch recorded that",
    "transactions/take_decision": BY_FACT,
    "transactions/take_payees": BY_FACT,
    "transactions/take_terms": BY_FACT,
    "transactions/write_staff_reports": "draws up what was booked; the batch recorded that",
}
"""Use cases without `record_audit`, by who leaves the record in their place."""


def use_cases() -> list[Path]:
    """List the use cases of all services."""
    return sorted(one for one in ROOT.glob("services/*/use_cases/*.py") if one.name != "__init__.py")


def is_decided_in_a_batch(path: Path) -> bool:
    """Tell whether a use case is a pure decision of the ledger, or a part of one."""
    text = path.read_text()
    return path.parts[-3] == "transactions" and "Session" not in text and ".write()" not in text


class TestUseCase:
    @pytest.mark.parametrize("path", use_cases(), ids=lambda path: f"{path.parts[-3]}/{path.stem}")
    def test_leaves_an_audit_record(self, path: Path) -> None:
        called = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        records = bool(called & {"record_audit", "write_audit"})
        name = f"{path.parts[-3]}/{path.stem}"
        assert records or name in ELSEWHERE or is_decided_in_a_batch(path), "it must call record_audit"
        assert not (records and name in ELSEWHERE), "it records: take it off the list"

    def test_is_named_only_while_it_exists(self) -> None:
        assert {*ELSEWHERE} <= {f"{path.parts[-3]}/{path.stem}" for path in use_cases()}
