"""Every use case of accounts that changes something tells of it by a fact in its own transaction, or says who does.

Looked at is each public function of `use_cases/`, with the functions of the same file that it reaches.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "services/accounts/use_cases"
READS = "writes nothing"
UNSEEN = "a registration that is nobody's business before the customer is active"
TOLD_BY = {
    "abandon_registration.abandon_registration": UNSEEN,
    "activate_customer.first_account_id": READS,
    "add_payee.added_fact": READS,
    "answer_change.answer_change": "confirm_contract",
    "ask_cosignature.needs_cosigners": READS,
    "answer_change.push_or_leave_to_worker": "confirm_contract",
    "apply_due_terms.apply_due_terms": "change_product",
    "begin_opening.begin_opening": "confirm_contract",
    "begin_opening.check_terms": READS,
    "begin_opening.write_opening": "confirm_contract",
    "begin_registration.begin_registration": "activate_customer",
    "change_product.check_change": READS,
    "change_product.check_new_product": READS,
    "close_account.begin_closing": "confirm_contract",
    "close_account.check_closing": READS,
    "close_account.close_account": "confirm_contract",
    "complete_registration.complete_registration": "activate_customer",
    "decide_kyc.push_contracts_of": "decide_kyc",
    "execute_approved.execute_approved": "who decides tells the decision, the command its effect",
    "execute_cosigned.execute_cosigned": "end_cosignature",
    "expire_cosignatures.expire_cosignatures": "end_cosignature",
    "follow_email.follow_later": "follow_email",
    "freeze_account.freeze_account": "confirm_contract",
    "look_up_account.look_up_account": READS,
    "note_movement.note_movement": "keeps what a fact of the ledger told everybody",
    "note_viewing.note_account_viewing": "who has a record open is nobody's business but theirs who ask",
    "note_viewing.note_customer_viewing": "who has a record open is nobody's business but theirs who ask",
    "open_account.open_account": "confirm_contract",
    "propose_closing.payout_limit": READS,
    "propose_closing.propose_closing": "propose",
    "push_contract.push_contract": "confirm_contract",
    "refuse_closing.refuse_closing": "the account is again what it was; whoever asked is answered",
    "refuse_cosignature.refuse_cosignature": "end_cosignature",
    "register_customer.register_customer": "activate_customer",
    "register_unseen.register_unseen": "activate_customer",
    "release_registration.release_registration": UNSEEN,
    "reopen_account.reopen_account": "confirm_contract",
    "seed_catalogue.seed_catalogue": "the catalogue of a store that has told nobody anything yet",
    "set_rate.check_rate": READS,
    "sign_cosignature.step_up_subject": READS,
    "unfreeze_account.unfreeze_account": "confirm_contract",
    "unmask_customer.unmask_customer": "a look changes nothing; it is in the audit trail alone",
    "void_cosignatures.void_cosignatures": "end_cosignature",
    "wake_account.wake_account": "confirm_contract",
    "withdraw_rate.check_withdrawal": READS,
}
"""Public functions that append no fact: the use case that does in their place, or why there is none."""

_WRITES = {"add", "delete", "write", "begin_change", "change_contract", "enqueue_job", "take_step_up", "push_later"}


def functions() -> dict[str, set[str]]:
    """Give each public function with every name that it, or a function of its file that it reaches, uses."""
    found: dict[str, set[str]] = {}
    for path in sorted(FOLDER.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        own = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        for name in own:
            if not name.startswith("_"):
                found[f"{path.stem}.{name}"] = reached(own, name, set())
    return found


def reached(own: dict[str, ast.FunctionDef], name: str, seen: set[str]) -> set[str]:
    """Give the names used from a function on, through those of its file."""
    seen.add(name)
    used = {node.id for node in ast.walk(own[name]) if isinstance(node, ast.Name)}
    used |= {node.attr for node in ast.walk(own[name]) if isinstance(node, ast.Attribute)}
    for other in used & own.keys() - seen:
        used |= reached(own, other, seen)
    return used


FUNCTIONS = functions()


class TestUseCaseOfAccounts:
    @pytest.mark.parametrize("name", FUNCTIONS)
    def test_tells_of_what_it_changes(self, name: str) -> None:
        tells = "append_facts" in FUNCTIONS[name]
        assert tells or name in TOLD_BY, "it must append a fact, or say here who does"
        assert not (tells and name in TOLD_BY), "it tells: take it off the list"

    @pytest.mark.parametrize("name", TOLD_BY)
    def test_names_one_that_does_tell(self, name: str) -> None:
        assert name in FUNCTIONS, "it is gone: take it off the list"
        by = TOLD_BY[name]
        if " " not in by:
            assert f"{by}.{by}" not in TOLD_BY
            assert any("append_facts" in used for other, used in FUNCTIONS.items() if other.startswith(f"{by}."))

    @pytest.mark.parametrize("name", [name for name, why in TOLD_BY.items() if why == READS])
    def test_that_writes_nothing_does_not_write(self, name: str) -> None:
        assert FUNCTIONS[name] & _WRITES == set()
